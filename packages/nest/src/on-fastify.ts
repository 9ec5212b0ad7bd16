import type { FoundRoutes } from './platform.js';
import { readConfiguredHandler, readHandler } from './rules.js';

type Hook = (request: { readonly raw: object }, reply: unknown, done: () => void) => void;

/** Of the options of a route, those that the token check has something to say to. */
interface Route {
  readonly config?: object;
  readonly handler?: object;
  onRequest?: Hook | Hook[];
  preParsing?: Hook | Hook[];
  preHandler?: Hook | Hook[];
}

/** What is used of an application. */
export interface FastifyApplication {
  addHook(name: 'onRoute', hook: (route: Route) => void): unknown;
  register(plugin: object): PromiseLike<unknown>;
}

/** Puts the token checks on the routes while Nest makes them. To be called before, and awaited. */
export async function standOnFastify(
  app: FastifyApplication,
  router: object,
  routes: FoundRoutes,
): Promise<void> {
  // In front of the plugin, which looks at what a route has and puts the hooks in their places
  app.addHook('onRoute', (route) => {
    const found = routes.find(readConfiguredHandler(route.config) ?? readHandler(route.handler));
    if (found === undefined) return;
    const admit: Hook = ({ raw }, _reply, done) => {
      routes.admit(raw, found);
      done();
    };
    const gate = found.gate as Route;
    Object.assign(route, {
      ...gate,
      onRequest: [gate.onRequest ?? [], route.onRequest ?? []].flat(),
      preParsing: [gate.preParsing ?? [], route.preParsing ?? []].flat(),
      preHandler: [gate.preHandler ?? [], admit, route.preHandler ?? []].flat(),
    });
  });
  await app.register(router);
}
