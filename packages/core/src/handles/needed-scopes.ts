import type { AuthInfo } from '../caller/auth-info.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { RuleError } from '../gate/rule-error.js';
import { readOperations } from '../operation/operation.js';
import type { OperationRules } from '../operation/operation-rules.js';
import type { ScopeRequirement } from '../scopes/scope-requirement.js';

/** What a handle has to remember of a request. */
export interface FoundNeeds {
  readonly requirements: readonly ScopeRequirement[];
  /** Of each, one value of `acr` is enough. */
  readonly acrValues: readonly (readonly string[])[];
}

/** A request as rules are asked about it. */
export interface MakingRequest {
  readonly method: string;
  readonly params?: unknown;
}

/**
 * What the request that makes a handle needs, by the rules of the route. How long ago the login may be is left out, for a task may outlive
 * it; how somebody logged in is not.
 *
 * @throws {MCPAuthConfigError} `unsupported_option` where there are no rules, or where they do not let the request pass: it must not
 *   have come here
 */
export async function findNeeds(
  rules: OperationRules | undefined,
  { method, params }: MakingRequest,
  caller: AuthInfo | undefined,
  report: (error: RuleError) => Error,
): Promise<FoundNeeds> {
  if (rules === undefined) throw noRules();
  const operations = readOperations(method, params);
  const verdict = operations && (await rules.judge(operations, { auth: caller }));
  switch (verdict?.kind) {
    case 'anonymous':
      return { requirements: [], acrValues: [] };
    case 'needs':
      return {
        requirements: verdict.requirements,
        acrValues: (verdict.logins ?? []).flatMap(({ acrValues }) =>
          acrValues === undefined ? [] : [acrValues],
        ),
      };
    case 'error':
    case 'unavailable':
      throw report(verdict.error);
    default:
      throw new MCPAuthConfigError(
        'unsupported_option',
        'operations',
        'do not let the request pass that makes this handle. Give handles() the very operations of the route.',
      );
  }
}

export function noRules(): MCPAuthConfigError {
  return new MCPAuthConfigError(
    'unsupported_option',
    'operations',
    'is missing, so nobody knows what the tool needs that makes a handle. Give handles() the operations of the route, or seal() a requirement.',
  );
}
