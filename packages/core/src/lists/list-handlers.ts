import { MCPAuthConfigError } from '../errors/config-error.js';

/** The caller as far as lists depend on it; nothing for one without a token. */
export type ListCaller = { readonly scopes: readonly string[] } | undefined;

/** For callers without TypeScript too: without a list of scopes nothing is granted. */
export function scopesOf(caller: ListCaller | null): readonly string[] | undefined {
  const scopes: unknown = caller?.scopes;
  return Array.isArray(scopes) ? (scopes as readonly string[]) : undefined;
}

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

/** What is done to the answers of handlers. */
export interface Wrappers {
  readonly list: (result: object, caller: ListCaller, isWhole: boolean) => Promise<object>;
  /** Answers of `resources/read`. */
  readonly read?: (result: object, params: unknown) => object;
}

/**
 * Stands between the handlers of lists and of `resources/read` that are registered from now on and their answers.
 *
 * @throws {MCPAuthConfigError} `unsupported_option` where a list handler is there already
 */
export function wrapHandlers(server: ListServer, { list, read }: Wrappers): void {
  const host = 'server' in server ? server.server : server;
  checkNoneRegistered(host);
  const register = host.setRequestHandler.bind(host) as (...args: unknown[]) => unknown;
  const wrap = (handler: Handler, isList: boolean) => async (request: unknown, context: unknown) => {
    const result = await handler(request, context);
    const http = readHttp(context);
    if (http === undefined || !isObject(result)) return result;
    return isList
      ? list(result, http.authInfo as ListCaller, isWhole(request, result))
      : (read?.(result, readParams(request)) ?? result);
  };
  host.setRequestHandler = (...args: unknown[]) => {
    const handler = args.at(-1);
    const method = readMethod(args[0]);
    const isList = listMethods.has(method);
    return (isList || method === 'resources/read') && typeof handler === 'function'
      ? register(...args.slice(0, -1), wrap(handler as Handler, isList))
      : register(...args);
  };
}

/** SDK v2 passes the request, or with own schemas its `params` alone. */
function readParams(request: unknown): unknown {
  const { params } = Object(request) as { readonly params?: unknown };
  return params ?? request;
}

/** Whether a list is the only page of it. */
function isWhole(request: unknown, result: object): boolean {
  const { params } = Object(request) as { readonly params?: { readonly cursor?: unknown } | undefined };
  return (
    params?.cursor === undefined && (result as { readonly nextCursor?: unknown }).nextCursor === undefined
  );
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

/** SDK v2 has all of HTTP in one member; v1 shows a request's headers next to its caller. */
function readHttp(context: unknown): { readonly authInfo?: unknown } | undefined {
  const { http, authInfo, requestInfo } = Object(context) as Readonly<Record<string, unknown>>;
  if (isObject(http)) return http;
  return authInfo === undefined && requestInfo === undefined ? undefined : { authInfo };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
