import type { MCPAuthConfigError } from '../errors/config-error.js';
import { type AuthenticationNeed, combineAuthentication } from '../policy/authentication-need.js';
import type { LoginLack } from '../policy/check-login.js';
import type { PolicyUnavailableError } from '../policy/policy-unavailable-error.js';
import type { ReadDenial } from '../policy/policy-verdict.js';
import type { ScopeRequirement } from '../scopes/scope-requirement.js';
import type { Operation, TargetedOperation } from './operation.js';

/** What the rules say about one operation or one message, the strictest first. */
export type Verdict =
  /** Answered as if it did not exist. */
  | Refusal
  /** A rule is at fault: 500. */
  | { readonly kind: 'error'; readonly operation: Operation; readonly error: MCPAuthConfigError }
  /** Nobody can tell: 503. */
  | UnavailablePolicy
  /** A rule says no, and no scope helps. */
  | DeniedOperation
  | NeededLogin
  | {
      readonly kind: 'needs';
      readonly requirements: readonly ScopeRequirement[];
      /** What the caller's login was found good for: a new one must be as well. */
      readonly logins?: readonly AuthenticationNeed[] | undefined;
    }
  /** Of lists: nobody can tell without arguments. */
  | { readonly kind: 'depends' }
  | { readonly kind: 'anonymous' };

/** Why an operation is answered as if it did not exist. */
export interface Refusal {
  readonly kind: 'refuse';
  readonly operation: TargetedOperation;
  /**
   * `method`: no table and no rule has it. `target`: no rule names it. `unreadable`: a URI of which nobody can tell what it
   * names. `rule`: a rule says so.
   */
  readonly reason: 'method' | 'target' | 'unreadable' | 'rule';
  /** Option path of the rule, where one decided. */
  readonly path?: string | undefined;
}

/** The caller has to log in anew (RFC 9470), and needs these scopes as well. */
export interface NeededLogin {
  readonly kind: 'authentication';
  /** Absent where the route demands it of all. */
  readonly operation?: Operation | undefined;
  readonly need: AuthenticationNeed;
  /** What falls short; absent where a function says so. */
  readonly lack?: LoginLack | undefined;
  readonly requirements: readonly ScopeRequirement[];
}

/** What a rule denies. */
export interface DeniedOperation {
  readonly kind: 'deny';
  readonly operation: TargetedOperation;
  readonly denial: ReadDenial;
}

/** A rule that cannot be asked. */
export interface UnavailablePolicy {
  readonly kind: 'unavailable';
  readonly operation: Operation;
  readonly error: PolicyUnavailableError;
  /** Whether nobody waits for the answer any more. */
  readonly hasLeft: boolean;
}

const strictest = ['refuse', 'error', 'unavailable', 'deny'] as const;

/** The strictest of several verdicts; requirements add up. Nothing at all to judge needs nothing. */
export function unite(verdicts: readonly Verdict[]): Verdict {
  const [only] = verdicts;
  if (only !== undefined && verdicts.length === 1) return only;
  for (const kind of strictest) {
    const found = verdicts.find((verdict) => verdict.kind === kind);
    if (found !== undefined) return found;
  }
  const requirements = verdicts.flatMap((verdict) => ('requirements' in verdict ? verdict.requirements : []));
  const met = verdicts.flatMap((verdict) => (verdict.kind === 'needs' ? (verdict.logins ?? []) : []));
  const [login, ...others] = verdicts.filter((verdict) => verdict.kind === 'authentication');
  if (login !== undefined) {
    const need = combineAuthentication(login.need, [...others.map((other) => other.need), ...met]);
    return { ...login, need, requirements };
  }
  if (only === undefined || verdicts.some(({ kind }) => kind === 'needs'))
    return { kind: 'needs', requirements, ...(met.length === 0 ? undefined : { logins: met }) };
  return verdicts.find(({ kind }) => kind === 'depends') ?? only;
}
