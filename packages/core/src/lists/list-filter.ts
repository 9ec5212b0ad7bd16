import { type AuthInfo, isAuthInfo } from '../caller/auth-info.js';
import type { EventSink } from '../events/event-sink.js';
import { withoutToken } from '../gate/rule-error.js';
import { readOperations, type TargetedOperation } from '../operation/operation.js';
import type { OperationRules } from '../operation/operation-rules.js';
import type { Verdict } from '../operation/verdict.js';
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
   * A computed rule sees the name or URI and no arguments; where it says that it depends on them, the item is shown. A URI template
   * stands for its resources with its placeholders as values. Each function is asked about all items together.
   *
   * @throws {MCPAuthConfigError} `invalid_rule_result` where a rule throws, rejects or returns something that is none
   * @throws {PolicyUnavailableError} where a rule cannot be asked
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
   * What `resources/read` gives is marked private too, where a rule that is not `'anonymous'` is about the resource.
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

/** What a filter decides by. */
export interface ListRules {
  readonly rules: OperationRules;
  /** What the route needs in any case. */
  readonly requiredScopes: readonly string[];
  readonly scopeChecks: ScopeChecks;
  /** Looks at what the attached servers list. */
  readonly unlisted: UnlistedRules;
  readonly resource: string;
  readonly events: EventSink;
}

export function createListFilter(options: ListRules): ListFilter {
  const { rules, requiredScopes, scopeChecks, unlisted, resource, events } = options;
  const isVisible = (verdict: Verdict, granted: readonly string[] | undefined, auth?: AuthInfo): boolean => {
    switch (verdict.kind) {
      case 'anonymous':
      case 'depends':
        return true;
      case 'refuse':
      case 'deny':
      case 'authentication':
        return false;
      case 'error':
      case 'unavailable':
        events.emit({ type: 'policy', resource, error: withoutToken(verdict.error, auth?.token) });
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
    visible: async <Item extends object>(kind: ListKind, items: readonly Item[], caller: ListCaller) => {
      const granted = scopesOf(caller);
      const auth = isAuthInfo(caller) ? caller : undefined;
      const callable = items.flatMap((item) => {
        const operations = toCall(kind, item);
        return operations === undefined ? [] : [{ item, operations }];
      });
      const entries = callable.map(({ operations }) => operations);
      const verdicts = await rules.judgeList(entries, { auth });
      return callable.flatMap(({ item }, index) => {
        const verdict = verdicts[index];
        return verdict !== undefined && isVisible(verdict, granted, auth) ? [item] : [];
      });
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
      wrapHandlers(server, {
        list: (result, caller, isWhole) => {
          if (isWhole) unlisted.compare(result);
          return filter.filter(result, caller);
        },
        read: (result, params) => {
          const operations = readOperations('resources/read', params);
          const isCovered = operations === undefined || rules.covers(operations);
          return isCovered ? { ...result, cacheScope: 'private' } : result;
        },
      }),
  };
  return filter;
}

/** The call that an item stands for; nothing where it does not say which. */
function toCall(kind: ListKind, item: object): readonly TargetedOperation[] | undefined {
  const [method, member] = kinds[kind];
  const target = (item as Readonly<Record<string, unknown>>)[member];
  return readOperations(method, { [member === 'name' ? 'name' : 'uri']: target });
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

/** What is done to the answers of handlers. */
interface Wrappers {
  readonly list: (result: object, caller: ListCaller, isWhole: boolean) => Promise<object>;
  readonly read: (result: object, params: unknown) => object;
}

/**
 * Stands between the handlers of lists and of `resources/read` that are registered from now on and their answers.
 *
 * @throws {MCPAuthConfigError} `unsupported_option` where a list handler is there already
 */
function wrapHandlers(server: ListServer, { list, read }: Wrappers): void {
  const host = 'server' in server ? server.server : server;
  checkNoneRegistered(host);
  const register = host.setRequestHandler.bind(host) as (...args: unknown[]) => unknown;
  const wrap = (handler: Handler, isList: boolean) => async (request: unknown, context: unknown) => {
    const result = await handler(request, context);
    const http = readHttp(context);
    if (http === undefined || !isObject(result)) return result;
    return isList
      ? list(result, http.authInfo as ListCaller, isWhole(request, result))
      : read(result, readParams(request));
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
