import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { isPlain } from '../errors/plain-object.js';
import { unknownOption } from '../errors/unknown-option.js';
import { checkRequirement, type ScopeRequirement } from '../scopes/scope-requirement.js';
import { type AuthenticationNeed, checkAuthentication } from './authentication-need.js';

/** The mark of a decision object: what an engine sends as JSON can never carry it, and two copies of this package share it. */
const mark = Symbol.for('@mcp-auth/core/policy-decision');

/** Whether asking again can help: `available` with a remedy that the client may pursue, `unavailable` never, `undisclosed` is not said. */
export type Remediation = 'available' | 'unavailable' | 'undisclosed';

/** Why an operation is denied. */
export interface Denial {
  /** For the owner, in events; bounded. Default: none. */
  readonly reason?: string | undefined;
  /** Whether the client is told the reason too. Default: false, it learns that a policy denies the operation. */
  readonly public?: boolean | undefined;
  /** What a structured denial says about a remedy (SEP-2643). Default: `undisclosed`. */
  readonly remediation?: Remediation | undefined;
}

/**
 * A decision that a function made. What it says can be read, for tests; one that no maker of this package gave is an error where it is
 * returned.
 */
export type PolicyDecision =
  | { readonly kind: 'needs'; readonly requirement: ScopeRequirement }
  | { readonly kind: 'authentication'; readonly need: AuthenticationNeed }
  | { readonly kind: 'deny'; readonly denial: Denial }
  | { readonly kind: 'depends' };

function make(decision: PolicyDecision): PolicyDecision {
  return Object.freeze(Object.defineProperty(decision, mark, { value: decision.kind }));
}

/** The kind of a decision object; nothing for any other value. */
export function kindOfDecision(value: object): unknown {
  return Object.hasOwn(value, mark) ? (value as Readonly<Record<symbol, unknown>>)[mark] : undefined;
}

/**
 * The caller may, with the scopes of the route. The same as `[]`: it opens nothing to callers without a token.
 *
 * @see {@link needScopes}
 * @example
 * ```ts
 * import { allow, deny, type OperationFunction } from '@mcp-auth/core';
 *
 * export const refund: OperationFunction = ({ arguments: given }) =>
 *   Number(given?.amount) <= 100 ? allow() : deny({ reason: 'over 100' });
 * ```
 */
export function allow(): PolicyDecision {
  return allowed;
}

/**
 * The caller needs these scopes, beyond those of the route. The same as the requirement itself.
 *
 * @throws {MCPAuthConfigError} `invalid_scope`, `invalid_option`
 * @see RFC 6750 §3.1
 * @example
 * ```ts
 * import { allow, needScopes, type OperationFunction } from '@mcp-auth/core';
 *
 * export const read: OperationFunction = ({ operation, caller }) =>
 *   operation.variables.owner === caller?.subject ? allow() : needScopes(['notes:all']);
 * ```
 */
export function needScopes(requirement: ScopeRequirement): PolicyDecision {
  checkRequirement(requirement, 'needScopes');
  return make({ kind: 'needs', requirement });
}

/**
 * The caller must log in anew, or in a stronger way: 401 with `insufficient_user_authentication`.
 *
 * Does not check: the claims of the caller. Return it where they fall short (`acr`, `auth_time`), and something else where they do not. To
 * have them compared, return the requirement instead, `{ authentication: { acrValues, maxAgeSeconds } }`, or write it as the rule.
 *
 * @throws {MCPAuthConfigError} `invalid_option`
 * @see RFC 9470 §3
 * @example
 * ```ts
 * import { allow, needAuthentication, type OperationFunction } from '@mcp-auth/core';
 *
 * export const close: OperationFunction = ({ caller }) =>
 *   caller?.claims.acr === 'mfa' ? allow() : needAuthentication({ acrValues: ['mfa'] });
 * ```
 */
export function needAuthentication(need: AuthenticationNeed): PolicyDecision {
  checkAuthentication(need, 'needAuthentication');
  return make({ kind: 'authentication', need });
}

/**
 * The caller may not, and no scope helps. The client gets a JSON-RPC error for its request; the reason is the owner's unless it is
 * `public`.
 *
 * @throws {MCPAuthConfigError} `invalid_option`
 * @see SEP-2643
 * @example
 * ```ts
 * import { deny } from '@mcp-auth/core';
 *
 * export const tooMuch = deny({ reason: 'Refunds over 100 need a manager', public: true });
 * ```
 */
export function deny(denial: Denial = {}): PolicyDecision {
  checkDenial(denial, 'deny');
  return make({ kind: 'deny', denial });
}

/**
 * For lists, where a function is asked without arguments: it depends on them, so the entry is shown. Where there are arguments it is an
 * error of the function.
 *
 * @see {@link ListFilter}
 * @example
 * ```ts
 * import { allow, deny, depends, type OperationFunction } from '@mcp-auth/core';
 *
 * export const refund: OperationFunction = ({ arguments: given }) => {
 *   if (given === undefined) return depends();
 *   return Number(given.amount) <= 100 ? allow() : deny();
 * };
 * ```
 */
export function depends(): PolicyDecision {
  return dependent;
}

const allowed = make({ kind: 'needs', requirement: Object.freeze([]) });
const dependent = make({ kind: 'depends' });

const remediations: readonly unknown[] = [undefined, 'available', 'unavailable', 'undisclosed'];

/** @throws {MCPAuthConfigError} `invalid_option` */
export function checkDenial(denial: unknown, path: string): asserts denial is Denial {
  const {
    reason,
    public: isPublic,
    remediation,
  } = readMembers(denial, ['reason', 'public', 'remediation'], path);
  if (reason !== undefined && typeof reason !== 'string') {
    throw invalid(`${path}.reason`, `must be a string, but is ${describeValue(reason)}.`);
  }
  if (isPublic !== undefined && typeof isPublic !== 'boolean') {
    throw invalid(`${path}.public`, `must be true or false, but is ${describeValue(isPublic, true)}.`);
  }
  if (!remediations.includes(remediation)) {
    throw invalid(
      `${path}.remediation`,
      `must be "available" or "unavailable" or "undisclosed", but is ${describeValue(remediation, true)}.`,
    );
  }
}

function readMembers<Name extends string>(
  value: unknown,
  names: readonly Name[],
  path: string,
): Readonly<Partial<Record<Name, unknown>>> {
  if (!isPlain(value)) throw invalid(path, `must be an object, but is ${describeValue(value)}.`);
  const unknown = Object.keys(value).find((name) => !(names as readonly string[]).includes(name));
  if (unknown !== undefined) throw unknownOption(unknown, names, path, {});
  return value as Readonly<Partial<Record<Name, unknown>>>;
}

function invalid(path: string, problem: string): MCPAuthConfigError {
  return new MCPAuthConfigError('invalid_option', path, problem);
}
