import type { AuthInfo } from '../caller/auth-info.js';
import { type BearerAuthErrorCode, MCPAuthBearerAuthError } from '../errors/bearer-auth-error.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { RequestHead } from '../http/request-head.js';
import { withRouteLogin } from '../operation/judge-login.js';
import { type Operation, readOperations } from '../operation/operation.js';
import { judgeScopes } from '../scopes/scope-requirement.js';
import type { DenialFacts } from './circumstances.js';
import type { GateOptions } from './gate.js';
import type { GateRefusals } from './gate-refusals.js';
import { reportRule, toPublicError } from './rule-error.js';

/**
 * Asks the rules of a route about what a handler does for its caller.
 *
 * @returns the scopes that are missing; none where the caller may
 * @throws where scopes do not help; the owner has heard of it then
 */
export async function judgeInCall(
  options: GateOptions,
  refusals: GateRefusals,
  { head, auth }: { readonly head: RequestHead; readonly auth: AuthInfo | undefined },
  method: string,
  params: unknown,
): Promise<readonly string[]> {
  const { operations: rules, requiredScopes, scopeChecks, resource, events } = options;
  if (rules === undefined) {
    throw new MCPAuthConfigError(
      'unsupported_option',
      'operations',
      'is missing on the route this code runs behind: there are no rules to ask. Pass it: bearerAuth(…, { operations }).',
    );
  }
  const operations = readOperations(method, params);
  // The response is that of the handler: a tool error, which has status 200
  const tell = (code: BearerAuthErrorCode, about: readonly Operation[] = [], facts?: DenialFacts) =>
    refusals.tell({ head, caller: auth, operations: about }, 200, code, facts);
  const stop = (
    code: BearerAuthErrorCode,
    about?: readonly Operation[],
    facts?: DenialFacts,
    words?: string,
  ) => {
    tell(code, about, facts);
    return new MCPAuthBearerAuthError(code, words);
  };
  if (operations === undefined) throw stop('unknown_operation');
  const verdict = withRouteLogin(await rules.judge(operations, { auth, head }), options.requiredLogin, auth);
  switch (verdict.kind) {
    case 'anonymous':
      return [];
    // The official SDK shows the message of an error to the client: the rule at fault is its owner's affair
    case 'error':
      tell('operation_failed', [verdict.operation]);
      throw reportRule({ events, resource }, verdict.error, auth?.token);
    case 'unavailable': {
      const { error, hasLeft, operation } = verdict;
      tell('policy_unavailable', [operation]);
      throw hasLeft ? toPublicError(error) : reportRule({ events, resource }, error, auth?.token);
    }
    case 'depends':
      throw new Error('Only a list can depend on arguments.');
    case 'refuse':
    case 'deny':
    case 'authentication':
    case 'needs':
      break;
  }
  const check = auth === undefined ? scopeChecks.first : scopeChecks.of(auth.issuer);
  const requirements = [requiredScopes, ...('requirements' in verdict ? verdict.requirements : [])];
  const { covered, needed } = judgeScopes(requirements, auth?.scopes ?? [], check);
  if (auth === undefined) {
    // A missing token beats all else that speaks against a request
    if (needed.length === 0) throw stop('missing_credentials', operations);
    return needed;
  }
  switch (verdict.kind) {
    case 'refuse':
      throw stop(verdict.reason === 'rule' ? 'refused_operation' : 'unknown_operation', [verdict.operation]);
    case 'deny': {
      const { reason, isPublic } = verdict.denial;
      const facts = reason === undefined ? undefined : { reason };
      throw stop('policy_denied', [verdict.operation], facts, isPublic ? reason : undefined);
    }
    case 'authentication':
      throw stop(
        'insufficient_user_authentication',
        verdict.operation === undefined ? operations : [verdict.operation],
        verdict.lack,
      );
    case 'needs':
      if (covered) return [];
      return refusals.passes({ head, caller: auth, operations }, auth, requirements) ? [] : needed;
  }
}
