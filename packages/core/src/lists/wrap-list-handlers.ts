import { MCPAuthConfigError } from '../errors/config-error.js';

/** The caller as far as lists depend on it; nothing for one without a token. */
export type ListCaller = { readonly scopes: readonly string[] } | undefined;

/** What registers the handlers of a server: `Server` of the official SDK. */
export interface RequestHandlerHost {
  setRequestHandler(...args: never[]): unknown;
}

/** A server of the official SDK: an `McpServer`, or the `Server` inside. */
export type ListServer = RequestHandlerHost | { readonly server: RequestHandlerHost };

type Handler = (request: unknown, context: unknown) => unknown;

const listMethods: ReadonlySet<unknown> = new Set([
  'tools/list',
  'resources/list',
  'resources/templates/list',
  'prompts/list',
]);

/**
 * Puts `apply` between every list handler that is registered from now on and its answers.
 *
 * @throws {MCPAuthConfigError} `unsupported_option` where a list handler is there already
 */
export function wrapListHandlers(
  server: ListServer,
  apply: (result: object, caller: ListCaller) => Promise<object>,
): void {
  const host = 'server' in server ? server.server : server;
  checkNoneRegistered(host);
  const register = host.setRequestHandler.bind(host) as (...args: unknown[]) => unknown;
  const wrap = (handler: Handler) => async (request: unknown, context: unknown) => {
    const result = await handler(request, context);
    const http = readHttp(context);
    return http === undefined || !isObject(result) ? result : apply(result, http.authInfo as ListCaller);
  };
  host.setRequestHandler = (...args: unknown[]) => {
    const handler = args.at(-1);
    return listMethods.has(readMethod(args[0])) && typeof handler === 'function'
      ? register(...args.slice(0, -1), wrap(handler as Handler))
      : register(...args);
  };
}

function checkNoneRegistered(host: RequestHandlerHost): void {
  const { assertCanSetRequestHandler } = host as { assertCanSetRequestHandler?: (method: unknown) => void };
  try {
    for (const method of listMethods) assertCanSetRequestHandler?.call(host, method);
  } catch (cause) {
    throw new MCPAuthConfigError(
      'unsupported_option',
      'server',
      'has list handlers already. Attach before anything is registered, and leave tools, resources and prompts out of its capabilities.',
      { cause },
    );
  }
}

/** SDK v2 names the method; v1 passes a schema whose `method` is a literal. */
function readMethod(methodOrSchema: unknown): unknown {
  const { shape } = Object(methodOrSchema) as { shape?: { method?: { value?: unknown } } };
  return typeof methodOrSchema === 'string' ? methodOrSchema : shape?.method?.value;
}

/** SDK v2 has all of HTTP in one member; v1 shows a request's fields beside its caller. */
function readHttp(context: unknown): { readonly authInfo?: unknown } | undefined {
  const { http, authInfo, requestInfo } = Object(context) as Readonly<Record<string, unknown>>;
  if (isObject(http)) return http;
  return authInfo === undefined && requestInfo === undefined ? undefined : { authInfo };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
