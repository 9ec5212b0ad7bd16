import { type AuthInfo, isAuthInfo } from '../caller/auth-info.js';
import type { EventSink } from '../events/event-sink.js';
import { reportRule } from '../gate/rule-error.js';
import { readOperations, type TargetedOperation } from '../operation/operation.js';
import type { OperationRules } from '../operation/operation-rules.js';
import type { Verdict } from '../operation/verdict.js';
import type { DeclaredNeeds } from '../policy/policy-settings.js';
import { type ScopeRequirement, splitRequirement } from '../scopes/scope-requirement.js';
import type { ScopeCheck } from '../scopes/scopes.js';
import { type ListCaller, type ListServer, wrapHandlers } from './list-handlers.js';

/** A tool runs without a token. */
export interface NoAuthScheme {
  readonly type: 'noauth';
}

/** A tool needs a token with all of these scopes. */
export interface OAuth2Scheme {
  readonly type: 'oauth2';
  readonly scopes: readonly string[];
}

/** One way in. Several for one tool are alternatives, the preferred one first. */
export type SecurityScheme = NoAuthScheme | OAuth2Scheme;

/**
 * Says in the list of tools what each of them needs, for clients such as ChatGPT that read it before they call. Nothing is enforced by
 * it: the gate decides when a tool is called.
 */
export interface SecuritySchemes {
  /**
   * What one tool needs; nothing for one that the rules refuse.
   *
   * A rule that is a function is asked as for a list, without arguments, unless `createPolicy` says what it `declares`. Where it depends on
   * arguments, denies, or wants another login, the tool needs a token with the scopes of the route.
   *
   * @throws {MCPAuthBearerAuthError} `operation_failed` where a rule throws, rejects or returns something that is none; which one, and what it
   *   threw, is in the event of type `policy`, for the official SDKs show clients the message of what is thrown
   * @throws {PolicyUnavailableError} where a rule cannot be asked
   */
  of(tool: string, caller?: ListCaller): Promise<readonly SecurityScheme[] | undefined>;
  /**
   * The result of `tools/list` with `securitySchemes` in each tool, and in its `_meta`: clients read either. Tools that the rules refuse are
   * left out. Where a function was asked, the result is marked private: it may depend on the caller. What a tool says of itself already is
   * replaced.
   */
  decorate<Result extends object>(result: Result, caller?: ListCaller): Promise<Result>;
  /**
   * The same for a server of the official SDK, version 1 or 2, on every page, next to {@link ListFilter.attach} or alone. Requests that did
   * not come over HTTP are answered as they are.
   *
   * @throws {MCPAuthConfigError} `unsupported_option` for a server that has list handlers already: attach right after
   *   construction, before anything is registered, and leave `tools`, `resources` and `prompts` out of its capabilities
   */
  attach(server: ListServer): void;
}

/** What schemes are made of. */
export interface SchemeRules {
  readonly rules: OperationRules;
  /** What the route needs in any case. */
  readonly requiredScopes: readonly string[];
  /** By whose names clients ask for scopes. */
  readonly scopeCheck: ScopeCheck;
  readonly resource: string;
  readonly events: EventSink;
}

type Schemes = readonly SecurityScheme[] | undefined;

export function createSecuritySchemes(options: SchemeRules): SecuritySchemes {
  const { rules, requiredScopes, scopeCheck, resource, events } = options;
  const toScheme = (scopes: readonly string[]): OAuth2Scheme => ({
    type: 'oauth2',
    scopes: scopeCheck.publish([...new Set([...requiredScopes, ...scopes])]),
  });
  const toSchemes = (requirement: ScopeRequirement): readonly OAuth2Scheme[] => {
    const { allOf, anyOf } = splitRequirement(requirement);
    return anyOf === undefined ? [toScheme(allOf)] : anyOf.map((scope) => toScheme([...allOf, scope]));
  };
  const ofDeclared = ({ anonymous = false, scopes }: DeclaredNeeds): readonly SecurityScheme[] => [
    ...(anonymous ? ([{ type: 'noauth' }] as const) : []),
    ...(scopes === undefined ? (anonymous ? [] : [toScheme([])]) : toSchemes(scopes)),
  ];
  const ofVerdict = (verdict: Verdict, auth: AuthInfo | undefined): Schemes => {
    switch (verdict.kind) {
      case 'anonymous':
        return [{ type: 'noauth' }];
      case 'needs':
        // The name of a tool has one rule
        return toSchemes(verdict.requirements[0] ?? []);
      case 'authentication':
        return toSchemes(verdict.requirements[0] ?? []);
      case 'depends':
      case 'deny':
        return [toScheme([])];
      case 'refuse':
        return undefined;
      case 'error':
      case 'unavailable':
        throw reportRule({ events, resource }, verdict.error, auth?.token);
    }
  };
  const find = async (tools: readonly unknown[], caller: ListCaller) => {
    const auth = isAuthInfo(caller) ? caller : undefined;
    const read = tools.map((name) => readOperations('tools/call', { name }));
    const declared = read.map((operations) => operations && declaredBy(rules, operations));
    const asked = read.flatMap((operations, index) =>
      operations === undefined || declared[index] !== undefined ? [] : [{ operations, index }],
    );
    const verdicts = await rules.judgeList(
      asked.map(({ operations }) => operations),
      { auth },
    );
    const found = new Map<number, Schemes>();
    for (const [at, { index }] of asked.entries()) {
      const verdict = verdicts[at];
      if (verdict !== undefined) found.set(index, ofVerdict(verdict, auth));
    }
    const isComputed = asked.some(({ operations }) => operations.some((each) => rules.asks(each)));
    const schemes = declared.map((needs, index) =>
      needs === undefined ? found.get(index) : ofDeclared(needs),
    );
    return { schemes, isComputed };
  };
  const decorate = async <Result extends object>(result: Result, caller?: ListCaller): Promise<Result> => {
    const { tools } = result as { readonly tools?: unknown };
    if (!Array.isArray(tools)) return result;
    const items = tools as readonly ListedTool[];
    const { schemes, isComputed } = await find(
      items.map(({ name }) => name),
      caller,
    );
    const described = items.flatMap((item, index) => {
      const securitySchemes = schemes[index];
      return securitySchemes === undefined
        ? []
        : [{ ...item, securitySchemes, _meta: { ...item._meta, securitySchemes } }];
    });
    return { ...result, tools: described, ...(isComputed ? { cacheScope: 'private' } : undefined) };
  };
  return {
    of: async (tool, caller) => (await find([tool], caller)).schemes[0],
    decorate,
    attach: (server) => wrapHandlers(server, { list: (result, caller) => decorate(result, caller) }),
  };
}

interface ListedTool {
  readonly name?: unknown;
  readonly _meta?: object | undefined;
}

function declaredBy(
  rules: OperationRules,
  operations: readonly TargetedOperation[],
): DeclaredNeeds | undefined {
  const [operation] = operations;
  return operation && rules.declaredFor(operation);
}
