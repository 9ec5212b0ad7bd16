import { MCPAuthConfigError } from '@mcp-auth/core';
import type { FoundRoute, FoundRoutes } from './platform.js';
import { isHandler, readHandler } from './rules.js';

interface Request {
  readonly method: string;
  readonly url: string;
}
type Next = (error?: unknown) => void;
type Middleware = (request: Request, response: object, next: Next) => void;

interface Layer {
  readonly handle: Middleware;
  readonly route?: { readonly path: unknown; readonly stack: readonly Entry[] };
  match(path: string): boolean;
}

interface Entry {
  /** In lower case; nothing for all methods. */
  readonly method?: string | undefined;
  readonly handle: object;
}

/** What is used of an application: the list of its middleware and routes, as Nest itself uses it. */
export interface ExpressApplication {
  use(middleware: object): unknown;
  readonly router: { readonly stack: Layer[] };
}

/** One handler of a route. */
interface Endpoint {
  readonly layer: Layer;
  readonly method: string | undefined;
  readonly found: FoundRoute | undefined;
}

/**
 * Puts the documents, and the token checks of all routes, behind what the application has registered and in front of the parsers of bodies.
 *
 * Which check a request has to pass is told by the route that Express is going to take; the function that comes back is to be called when
 * all routes are made.
 */
export function standOnExpress(app: ExpressApplication, router: object, routes: FoundRoutes): () => void {
  let endpoints: readonly Endpoint[] = [];
  const check: Middleware = (request, response, next) => {
    const found = findEndpoint(endpoints, request)?.found;
    if (found === undefined) {
      next();
      return;
    }
    (found.gate as Middleware)(request, response, (error) => {
      if (error === undefined) routes.admit(request, found);
      next(error);
    });
  };
  const { stack } = app.router;
  const own = stack.length;
  app.use(router);
  app.use(check);
  const parser = stack.findIndex(({ handle }) => parsers.has(handle.name));
  if (parser !== -1) stack.splice(parser, 0, ...stack.splice(own));
  return () => {
    endpoints = listEndpoints(stack, routes);
  };
}

/** The functions of Express that read bodies, by their names, as Nest looks for them too. */
const parsers = new Set(['jsonParser', 'urlencodedParser', 'rawParser', 'textParser']);

/** The handlers of controllers, in the order in which Express asks them. Middleware that is bound to a path is none. */
function listEndpoints(stack: readonly Layer[], routes: FoundRoutes): readonly Endpoint[] {
  const endpoints: Endpoint[] = [];
  for (const layer of stack) {
    for (const { method, handle } of layer.route?.stack ?? []) {
      if (!isHandler(handle)) continue;
      const endpoint = { layer, method, found: routes.find(readHandler(handle)) };
      const rival = endpoints.find((each) => isRival(each, endpoint));
      if (rival !== undefined) throw notTold(layer.route?.path, method);
      endpoints.push(endpoint);
    }
  }
  return endpoints;
}

/** Handlers for the same requests, told apart by a version or host that Nest looks at later, of which only one has this check. */
function isRival(one: Endpoint, other: Endpoint): boolean {
  const isSameMethod = one.method === undefined || other.method === undefined || one.method === other.method;
  return one.found !== other.found && isSameMethod && one.layer.route?.path === other.layer.route?.path;
}

function notTold(path: unknown, method = 'all methods'): MCPAuthConfigError {
  const problem =
    'is handled by several methods with different token checks, and Nest chooses between them when a check has been made already. Give them one check, or paths that differ: versions in the path, for example.';
  return new MCPAuthConfigError('invalid_option', `${method.toUpperCase()} ${String(path)}`, problem);
}

/** The handler that Express is going to call first. */
function findEndpoint(endpoints: readonly Endpoint[], request: Request): Endpoint | undefined {
  const path = readPath(request.url);
  const method = request.method.toLowerCase();
  const at = endpoints.filter(({ layer }) => matches(layer, path));
  return at.find(
    (each) =>
      each.method === undefined || each.method === method || (method === 'head' && each.method === 'get'),
  );
}

function matches(layer: Layer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    // A path that cannot be decoded: Express comes to the same, and answers it
    return false;
  }
}

/** As Express reads it, whose targets may be whole URLs. */
function readPath(url: string): string {
  if (url.startsWith('/')) return url.split(/[?#]/, 1)[0] ?? url;
  return URL.canParse(url) ? new URL(url).pathname : url;
}
