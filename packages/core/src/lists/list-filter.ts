import { isAuthInfo } from '../caller/auth-info.js';
import { readOperations } from '../operation/operation.js';
import type { OperationRules } from '../operation/operation-rules.js';
import { judgeScopes } from '../scopes/scope-requirement.js';
import type { ScopeChecks } from '../scopes/scope-names.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { UnlistedRules } from './unlisted-rules.js';

/** What MCP servers list. */
export type ListKind = 'tools' | 'resources' | 'resourceTemplates' | 'prompts';

/**
 * Leaves out of lists what the caller may not call. A courtesy to callers and models, not a protection: the gate refuses the
 * call whether or not it was listed.
 */
export interface ListFilter {
  /**
   * The items whose call the gate would let pass, in their order.
   *
   * A computed rule sees the name or URI and no arguments; a URI template stands for its resources with its placeholders as
   * values.
   *
   * @throws {MCPAuthConfigError} `invalid_rule_result` where a rule throws, rejects or returns something that is none
   */
  visible<Item extends object>(kind: ListKind, items: readonly Item[], caller: ListCaller): Promise<Item[]>;
  /**
   * The result of a list request with the visible items only, marked private: it depends on the caller, so no cache may
   * give it to another (MCP 2026-07-28, Caching).
   */
  filter<Result extends object>(
    result: Result,
    caller: ListCaller,
  ): Promise<Result & { cacheScope: 'private' }>;
  /**
   * Filters all lists of a server of the official SDK, version 1 or 2, by the caller of each request, on every page. Requests
   * that did not come over HTTP have no caller and see everything.
   *
   * @throws {MCPAuthConfigError} `unsupported_option` for a server that has list handlers already: attach right after
   *   construction, before anything is registered, and leave `tools`, `resources` and `prompts` out of its capabilities
   */
  attach(server: ListServer): void;
}

/** Method of a call, and the member of an item that names its target, by kind. */
const kinds = {
  tools: ['tools/call', 'name'],
  prompts: ['prompts/get', 'name'],
  resources: ['resources/read', 'uri'],
  resourceTemplates: ['resources/read', 'uriTemplate'],
} as const;

/**
 * @param requiredScopes - what the route needs in any case
 * @param unlisted - looks at what the attached servers list
 */
export function createListFilter(
  rules: OperationRules,
  requiredScopes: readonly string[],
  scopeChecks: ScopeChecks,
  unlisted: UnlistedRules,
): ListFilter {
  const mayCall = async (kind: ListKind, item: object, caller: ListCaller): Promise<boolean> => {
    const [method, member] = kinds[kind];
    const granted = scopesOf(caller);
    const target = (item as Readonly<Record<string, unknown>>)[member];
    const params = { [member === 'name' ? 'name' : 'uri']: target };
    const operations = readOperations(method, params);
    if (operations === undefined) return false;
    const auth = isAuthInfo(caller) ? caller : undefined;
    const verdict = await rules.judge(operations, auth);
    switch (verdict.kind) {
      case 'anonymous':
        return true;
      case 'refuse':
        return false;
      case 'error':
        throw verdict.error;
      case 'needs':
        return (
          granted !== undefined &&
          judgeScopes([requiredScopes, ...verdict.requirements], granted, scopeChecks.of(auth?.issuer))
            .covered
        );
    }
  };
  const filter: ListFilter = {
    visible: async (kind, items, caller) => {
      const visible = await Promise.all(items.map((item) => mayCall(kind, item, caller)));
      return items.filter((_item, index) => visible[index]);
    },
    filter: async <Result extends object>(result: Result, caller: ListCaller) => {
      const lists = await Promise.all(
        Object.entries(result).flatMap(([kind, items]: [string, unknown]) =>
          isKind(kind) && Array.isArray(items)
            ? [filter.visible(kind, items as object[], caller).then((visible) => [kind, visible] as const)]
            : [],
        ),
      );
      return { ...result, ...(Object.fromEntries(lists) as Partial<Result>), cacheScope: 'private' };
    },
    attach: (server) =>
      wrapListHandlers(server, (result, caller, isWhole) => {
        if (isWhole) unlisted.compare(result);
        return filter.filter(result, caller);
      }),
  };
  return filter;
}

/** For callers without TypeScript too: without a list of scopes nothing is granted. */
function scopesOf(caller: ListCaller | null): readonly string[] | undefined {
  const scopes: unknown = caller?.scopes;
  return Array.isArray(scopes) ? (scopes as readonly string[]) : undefined;
}

function isKind(name: string): name is ListKind {
  return Object.hasOwn(kinds, name);
}

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
function wrapListHandlers(
  server: ListServer,
  apply: (result: object, caller: ListCaller, isWhole: boolean) => Promise<object>,
): void {
  const host = 'server' in server ? server.server : server;
  checkNoneRegistered(host);
  const register = host.setRequestHandler.bind(host) as (...args: unknown[]) => unknown;
  const wrap = (handler: Handler) => async (request: unknown, context: unknown) => {
    const result = await handler(request, context);
    const http = readHttp(context);
    if (http === undefined || !isObject(result)) return result;
    return apply(result, http.authInfo as ListCaller, isWhole(request, result));
  };
  host.setRequestHandler = (...args: unknown[]) => {
    const handler = args.at(-1);
    return listMethods.has(readMethod(args[0])) && typeof handler === 'function'
      ? register(...args.slice(0, -1), wrap(handler as Handler))
      : register(...args);
  };
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
