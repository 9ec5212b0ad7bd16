import type { ScopeChallengeOptions } from '../config/scope-challenge-options.js';
import { describeBearerAuthError } from '../errors/bearer-auth-error.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { isAuthInfo } from '../gate/auth-info.js';
import { readOperations, type Operation } from '../operation/operation.js';
import {
  compileOperationPolicy,
  compileOperationRule,
  type OperationPolicy,
  type OperationRule,
} from '../operation/operation-rules.js';
import { judgeScopes, selectChallengeScopes } from '../policy/challenge-scopes.js';
import type { ScopeCheck } from '../policy/scope-hierarchy.js';

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
export type ScopeChallengeHandler = (context: ScopeChallengeContext) => ScopeChallenge | undefined;

/** What is used of a configured resource. */
export interface ScopedResource {
  readonly scopeCheck: ScopeCheck;
  readonly scopesSupported: readonly string[];
}

/** @throws {MCPAuthConfigError} `invalid_scope`, `invalid_option` */
export function createScopeChallenge(
  needs: OperationRule | OperationPolicy,
  { scopeCheck, scopesSupported }: ScopedResource,
  options: ScopeChallengeOptions,
): ScopeChallengeHandler {
  const { requiredScopes = [] } = options;
  const isOneRule = isRule(needs);
  const { need, scopes } = isOneRule
    ? compileOperationRule(needs, 'needs')
    : compileOperationPolicy(needs, 'needs');
  const relevant = new Set([...scopesSupported, ...requiredScopes, ...scopes]);
  return ({ request, authInfo }) => {
    const operation = readOperation(request);
    // The SDK answers 500 then: what cannot be judged must not run
    if (operation.target === undefined && !isOneRule) throw new TypeError('The request names no target.');
    const auth = isAuthInfo(authInfo) ? authInfo : undefined;
    const { anonymous, requirements } = need(operation, auth);
    if (anonymous) return undefined;
    const granted = authInfo?.scopes ?? [];
    const { covered, needed } = judgeScopes([requiredScopes, ...requirements], granted, scopeCheck);
    if (covered) return undefined;
    const mode = options.challengeScopes ?? 'by-version';
    const [first, ...others] = selectChallengeScopes(mode, readVersion(request), needed, granted, relevant);
    if (first === undefined) {
      throw new MCPAuthConfigError('invalid_scope', 'needs', 'came to something that is no scope.');
    }
    return { scopes: [first, ...others], errorDescription: describeBearerAuthError('insufficient_scope') };
  };
}

function isRule(needs: OperationRule | OperationPolicy): needs is OperationRule {
  return typeof needs !== 'object' || Array.isArray(needs) || 'anyOf' in needs || 'allOf' in needs;
}

function readOperation(request: ScopeChallengeContext['request']): Operation {
  const found = readOperations(request);
  const { method, params } = request;
  const named = found.kind === 'operations' ? found.operations[0] : undefined;
  return named ?? { method, params, target: undefined, variables: {} };
}

/** MCP 2026-07-28: every request states its version in its body; earlier ones do not, and no field is at hand here. */
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
