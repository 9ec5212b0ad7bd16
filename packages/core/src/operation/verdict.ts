import type { MCPAuthConfigError } from '../errors/config-error.js';
import type { AuthenticationNeed } from '../policy/policy-decision.js';
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
  /** The caller has to log in anew (RFC 9470), and needs these scopes as well. */
  | {
      readonly kind: 'authentication';
      readonly operation: Operation;
      readonly need: AuthenticationNeed;
      readonly requirements: readonly ScopeRequirement[];
    }
  | { readonly kind: 'needs'; readonly requirements: readonly ScopeRequirement[] }
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
  const login = verdicts.find((verdict) => verdict.kind === 'authentication');
  if (login !== undefined) return { ...login, requirements };
  if (only === undefined || verdicts.some(({ kind }) => kind === 'needs'))
    return { kind: 'needs', requirements };
  return verdicts.find(({ kind }) => kind === 'depends') ?? only;
}
