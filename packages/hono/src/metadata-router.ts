import { Hono, type MiddlewareHandler } from 'hono';

/** A Hono app, for `app.route('/', router)`, that is a middleware too, for `app.use(router)`. */
export type MetadataRouter = Hono & MiddlewareHandler;

/**
 * Hono takes an app in one place and a middleware in the other, and calls what it was given, without a look at it, with
 * the first request. The paths of the documents are fixed, so both can be the same.
 */
export function createMetadataRouter(
  answer: MiddlewareHandler,
  preflightPaths: readonly string[],
): MetadataRouter {
  const app = new Hono();
  app.use('/.well-known/*', answer);
  for (const path of preflightPaths) app.options(path, answer);
  // A Proxy has the type of its target; what this one answers for is both
  return new Proxy(answer, {
    get: (own, name) => {
      const owner = name in app ? app : own;
      const value: unknown = Reflect.get(owner, name, owner);
      // Methods of the class need the app itself; its own members are compared by identity
      return typeof value === 'function' && !Object.hasOwn(owner, name)
        ? (value.bind(owner) as unknown)
        : value;
    },
    set: (_own, name, value) => Reflect.set(app, name, value),
    has: (own, name) => name in app || name in own,
    getPrototypeOf: () => Hono.prototype,
  }) as unknown as MetadataRouter;
}
