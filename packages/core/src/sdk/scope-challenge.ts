import { isPlain } from '../errors/plain-object.js';
import { checkOptions } from '../config/check-options.js';
import { operationPolicy } from '../config/operation-policy.js';
import type { ScopeChallengeOptions } from '../config/sdk-options.js';
import { describeBearerAuthError, MCPAuthBearerAuthError } from '../errors/bearer-auth-error.js';
import { isAuthInfo } from '../caller/auth-info.js';
import type { Observer } from '../gate/observer.js';
import { reportRule } from '../gate/rule-error.js';
import type { ServerEnvironment } from '../net/environment.js';
import { withRouteLogin } from '../operation/judge-login.js';
import { readOperations } from '../operation/operation.js';
import type { OperationPolicy, OperationRule } from '../operation/operation-policy.js';
import {
  compileOperationPolicy,
  compileOperationRule,
  type OperationRules,
  type PolicyPlace,
} from '../operation/operation-rules.js';
import { toRequiredLogin } from '../policy/check-login.js';
import { judgeScopes, selectChallengeScopes } from '../scopes/scope-requirement.js';
import type { ScopeChecks } from '../scopes/scope-names.js';

/** What a handler is asked about: the members that are read of what the SDK passes. */
export interface ScopeChallengeContext {
  readonly request: { readonly method: string; readonly params?: unknown };
  readonly authInfo?: { readonly scopes: readonly string[] } | undefined;
}

/** The scopes to ask for. Assignable to the SDK's type of this name. */
export interface ScopeChallenge {
  scopes: readonly [string, ...string[]];
  errorDescription?: string;
}

/** Says what one MCP request lacks, or nothing. Assignable to the SDK's type of this name. */
export type ScopeChallengeHandler = (context: ScopeChallengeContext) => Promise<ScopeChallenge | undefined>;

/** What is used of a configured resource. */
export interface ScopedResource {
  readonly identifier: string;
  readonly scopeChecks: ScopeChecks;
  readonly scopesSupported: readonly string[];
}

interface ChallengeSurroundings extends Pick<ServerEnvironment, 'now' | 'events'> {
  /** Says what passes though it lacks scopes. */
  readonly observer: Observer | undefined;
}

/** @throws {MCPAuthConfigError} `invalid_scope`, `invalid_option` */
export function createScopeChallenge(
  needs: OperationRule | OperationPolicy,
  { identifier: resource, scopeChecks, scopesSupported }: ScopedResource,
  options: ScopeChallengeOptions,
  { now, events, observer }: ChallengeSurroundings,
): ScopeChallengeHandler {
  const { requiredScopes = [] } = options;
  const login = toRequiredLogin(options.requiredAuthentication, now);
  const { judge, scopes } = compile(needs, { resource, now });
  const relevant = new Set([...scopesSupported, ...requiredScopes, ...scopes]);
  scopeChecks.assertNames(relevant);
  return async ({ request, authInfo }) => {
    const operations = readOperations(request.method, request.params);
    // The SDK answers 500 then: what cannot be judged must not run
    if (operations === undefined) throw new TypeError('The request names no target.');
    const auth = isAuthInfo(authInfo) ? authInfo : undefined;
    const verdict = withRouteLogin(await judge(operations, { auth }), login, auth);
    switch (verdict.kind) {
      case 'anonymous':
        return undefined;
      case 'error':
      case 'unavailable':
        throw reportRule({ events, resource }, verdict.error, auth?.token);
      // No challenge says these: the gate in front does, and where it has other rules, the SDK's error keeps the tool from running
      case 'refuse':
        throw new MCPAuthBearerAuthError('refused_operation');
      case 'deny':
        throw new MCPAuthBearerAuthError('policy_denied');
      case 'authentication':
        throw new MCPAuthBearerAuthError('insufficient_user_authentication');
      case 'depends':
        throw new TypeError('Only a list can depend on arguments.');
      case 'needs':
        break;
    }
    const granted = authInfo?.scopes ?? [];
    const check = scopeChecks.of(auth?.issuer);
    const requirements = [requiredScopes, ...verdict.requirements];
    const { covered, needed } = judgeScopes(requirements, granted, check);
    // A rule that asks for no scope asks for a caller all the same
    if (covered && authInfo === undefined) throw new MCPAuthBearerAuthError('missing_credentials');
    if (covered || observer?.passes(auth, requirements, operations) === true) return undefined;
    const mode = options.challengeScopes ?? 'by-version';
    const version = readVersion(request);
    const [first, ...others] = selectChallengeScopes(mode, version, needed, granted, relevant, check);
    if (first === undefined) throw new TypeError('The rules came to no scope.');
    return { scopes: [first, ...others], errorDescription: describeBearerAuthError('insufficient_scope') };
  };
}

function compile(
  needs: OperationRule | OperationPolicy,
  place: PolicyPlace,
): Pick<OperationRules, 'judge' | 'scopes'> {
  if (isRule(needs)) return compileOperationRule(needs, 'needs', place);
  checkOptions(needs, operationPolicy, 'needs');
  return compileOperationPolicy(needs, 'needs', place);
}

function isRule(needs: OperationRule | OperationPolicy): needs is OperationRule {
  // What is not a plain object is refused as a rule, with all forms of one
  if (!isPlain(needs)) return true;
  return Object.keys(needs).some((name) => ['anyOf', 'allOf', 'authentication'].includes(name));
}

/** MCP 2026-07-28: every request states its version in its body; earlier ones do not, and no header can be read here. */
function readVersion({ params }: ScopeChallengeContext['request']): string | undefined {
  const meta = readMember(params, '_meta');
  const version = readMember(meta, 'io.modelcontextprotocol/protocolVersion');
  return typeof version === 'string' ? version : undefined;
}

function readMember(value: unknown, member: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, member)
    ? (value as Readonly<Record<string, unknown>>)[member]
    : undefined;
}
