import { type AuthInfo, isAuthInfo } from '../caller/auth-info.js';
import type { EventSink } from '../events/event-sink.js';
import type { Observer } from '../gate/observer.js';
import { reportRule } from '../gate/rule-error.js';
import { withRouteLogin } from '../operation/judge-login.js';
import { readOperations, type TargetedOperation } from '../operation/operation.js';
import type { OperationRules } from '../operation/operation-rules.js';
import type { Verdict } from '../operation/verdict.js';
import type { RequiredLogin } from '../policy/check-login.js';
import { judgeScopes, type ScopeRequirement } from '../scopes/scope-requirement.js';
import type { ScopeChecks } from '../scopes/scope-names.js';
import { type ListCaller, type ListServer, scopesOf, wrapHandlers } from './list-handlers.js';
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
   * stands for its resources with its placeholders as values. Each function is asked about all items together. What the gate lets pass because
   * it is only observed (`observe`) is shown to callers whom `bearerAuth` or `verifier` has verified, and not counted.
   *
   * @throws {MCPAuthBearerAuthError} `operation_failed` where a rule throws, rejects or returns something that is none; which one, and what it
   *   threw, is in the event of type `policy`, for the official SDKs show clients the message of what is thrown
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
  /** How its users must have logged in. */
  readonly requiredLogin?: RequiredLogin | undefined;
  readonly scopeChecks: ScopeChecks;
  /** Looks at what the attached servers list. */
  readonly unlisted: UnlistedRules;
  readonly resource: string;
  readonly events: EventSink;
  /** Says what the gate lets pass though it lacks scopes. */
  readonly observer?: Observer | undefined;
}

export function createListFilter(options: ListRules): ListFilter {
  const { rules, requiredScopes, requiredLogin, scopeChecks, unlisted, resource, events, observer } = options;
  const isReached = (needs: readonly ScopeRequirement[], granted: readonly string[], auth?: AuthInfo) =>
    judgeScopes(needs, granted, scopeChecks.of(auth?.issuer)).covered ||
    observer?.shows(auth, needs) === true;
  const isVisible = (ruled: Verdict, granted: readonly string[] | undefined, auth?: AuthInfo): boolean => {
    const verdict = withRouteLogin(ruled, requiredLogin, auth);
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
        throw reportRule({ events, resource }, verdict.error, auth?.token);
      case 'needs':
        return granted !== undefined && isReached([requiredScopes, ...verdict.requirements], granted, auth);
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

function isKind(name: string): name is ListKind {
  return Object.hasOwn(kinds, name);
}
