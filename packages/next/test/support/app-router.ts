/** What a `route.ts` exports, by method. */
export type RouteExports = Readonly<
  Record<string, ((request: AppRequest, context: never) => Response | Promise<Response>) | undefined>
>;

/** What Next.js 15 and 16 say in `request.url`, whatever the client asked for. */
export const seenOrigin = 'http://localhost:3000';

/** The part of the request of Next.js that handlers use. */
export class AppRequest extends Request {
  readonly nextUrl = new URL(this.url);
}

/** Routes by their path; a star at the end stands for the rest of a path, as `[[...path]]` does. */
export type Routes = ReadonlyMap<string, RouteExports>;

const methods = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'];

/**
 * What the App Router of Next.js does with a request: finds the file, answers what the file does not export, and calls what it does with
 * a request of its own class behind a Proxy. What the host tells of the sender is handed on with the parameters: Next.js tells nothing.
 */
export function createAppRouter(
  routes: Routes,
): (request: Request, host: object) => Promise<Response> {
  return async (request, host) => {
    const { pathname, search } = new URL(request.url);
    const file = findFile(routes, pathname);
    if (file === undefined) return new Response('Not found', { status: 404 });
    const { method } = request;
    if (!methods.includes(method)) return new Response(null, { status: 400 });
    const handler = file[method] ?? (method === 'HEAD' ? file['GET'] : undefined);
    if (handler === undefined) return answerItself(file, method);
    const own = new AppRequest(new Request(`${seenOrigin}${pathname}${search}`, toInit(request)));
    return handler(behindProxy(own), { params: Promise.resolve({}), ...host } as never);
  };
}

function findFile(routes: Routes, pathname: string): RouteExports | undefined {
  const found = [...routes].find(([path]) =>
    path.endsWith('*') ? pathname.startsWith(path.slice(0, -1)) : pathname === path,
  );
  return found?.[1];
}

function answerItself(file: RouteExports, method: string): Response {
  if (method !== 'OPTIONS') return new Response(null, { status: 405 });
  return new Response(null, { status: 204, headers: { allow: Object.keys(file).sort().join(', ') } });
}

function toInit({ method, headers, body, signal }: Request): RequestInit {
  return { method, headers, body, signal, duplex: 'half' } as RequestInit;
}

/** Next.js notes what a handler reads of a request. */
function behindProxy(request: AppRequest): AppRequest {
  return new Proxy(request, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
