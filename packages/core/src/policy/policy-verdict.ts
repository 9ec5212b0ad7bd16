import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { isPlain } from '../errors/plain-object.js';
import { printable } from '../events/facts.js';
import { type AuthenticationNeed, checkAuthentication, copyAuthentication } from './authentication-need.js';
import {
  checkOperationRequirement,
  copyOperationRequirement,
  type OperationRequirement,
} from './operation-requirement.js';
import { checkDenial, kindOfDecision, type Remediation } from './policy-decision.js';
import { isPolicyUnavailable, PolicyUnavailableError, toRetryAfter } from './policy-unavailable-error.js';
import type { Waited } from './time-limit.js';

/** A denial that was read. */
export interface ReadDenial {
  readonly reason: string | undefined;
  readonly isPublic: boolean;
  readonly remediation: Remediation;
}

/** What a function came to, in one form: everything else is an error. */
export type PolicyVerdict =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'needs'; readonly requirement: OperationRequirement }
  | { readonly kind: 'authentication'; readonly need: AuthenticationNeed }
  | { readonly kind: 'deny'; readonly denial: ReadDenial }
  | { readonly kind: 'depends' }
  | { readonly kind: 'unavailable'; readonly error: PolicyUnavailableError; readonly hasLeft: boolean }
  | { readonly kind: 'error'; readonly error: MCPAuthConfigError };

/** Longest reason that is kept, in characters. */
const maxReason = 500;

const anonymous: PolicyVerdict = { kind: 'anonymous' };
const refuse: PolicyVerdict = { kind: 'refuse' };
const dependent: PolicyVerdict = { kind: 'depends' };

/** What a function returned. A list, and nothing else, may depend on arguments. */
export function readAnswer(answer: unknown, path: string, called: string, isList: boolean): PolicyVerdict {
  if (answer === 'anonymous') return anonymous;
  if (answer === 'refuse') return refuse;
  try {
    const kind = typeof answer === 'object' && answer !== null ? kindOfDecision(answer) : undefined;
    if (kind !== undefined) return readDecision(kind, answer as object, path, isList);
    return { kind: 'needs', requirement: readRequirement(answer, path) };
  } catch (cause) {
    return toError(path, called, `returned ${describeAnswer(answer)}`, cause);
  }
}

function readDecision(kind: unknown, decision: object, path: string, isList: boolean): PolicyVerdict {
  const { requirement, need, denial } = decision as Readonly<Record<string, unknown>>;
  switch (kind) {
    case 'needs':
      return { kind, requirement: readRequirement(requirement, path) };
    case 'authentication': {
      const read = readOnce(need);
      checkAuthentication(read, path);
      return { kind, need: copyAuthentication(read) };
    }
    case 'deny': {
      const read = readOnce(denial);
      checkDenial(read, path);
      const { reason, public: isPublic = false, remediation = 'undisclosed' } = read;
      return {
        kind,
        denial: {
          reason: reason === undefined ? undefined : printable(reason, maxReason),
          isPublic,
          remediation,
        },
      };
    }
    case 'depends':
      if (isList) return dependent;
      throw new Error('Only where a list is asked about, arguments are missing');
    default:
      throw new Error('A decision of another release');
  }
}

function readRequirement(given: unknown, path: string): OperationRequirement {
  const read = readOnce(given);
  checkOperationRequirement(read, path);
  return copyOperationRequirement(read);
}

/** What getters, proxies and iterators say when they are read again must not stand for what was checked. */
function readOnce(given: unknown): unknown {
  if (Array.isArray(given)) return readList(given);
  if (!isPlain(given)) return given;
  const members: Record<string, unknown> = { ...given };
  for (const [name, value] of Object.entries(members)) {
    if (Array.isArray(value)) members[name] = readList(value);
    // The only member with lists inside
    else if (name === 'authentication') members[name] = readOnce(value);
  }
  return members;
}

function readList(list: readonly unknown[]): readonly unknown[] {
  return Array.from({ length: list.length }, (_, index) => list[index]);
}

function describeAnswer(answer: unknown): string {
  try {
    return describeValue(answer);
  } catch {
    return 'something that cannot be looked at';
  }
}

/** What waiting came to. */
export function readWaited(
  waited: Waited,
  path: string,
  called: string,
  isList: boolean,
  limitMs: number,
): PolicyVerdict {
  switch (waited.kind) {
    case 'answered':
      return readAnswer(waited.answer, path, called, isList);
    case 'threw':
      return readThrown(waited.cause, path, called);
    case 'late': {
      const message = `${path}: came to no decision on ${called} within ${limitMs} ms.`;
      return { kind: 'unavailable', error: new PolicyUnavailableError(message), hasLeft: false };
    }
    case 'gone': {
      const message = `${path}: the client left before there was a decision on ${called}.`;
      return { kind: 'unavailable', error: new PolicyUnavailableError(message), hasLeft: true };
    }
  }
}

/** What a function threw: an engine that cannot be asked says so, and all else is an error of the function. */
export function readThrown(cause: unknown, path: string, called: string): PolicyVerdict {
  try {
    if (!isPolicyUnavailable(cause)) return toError(path, called, 'threw or rejected', cause);
    const error = new PolicyUnavailableError(`${path}: cannot be asked about ${called}.`, {
      cause,
      retryAfterSeconds: toRetryAfter(cause.retryAfterSeconds),
    });
    return { kind: 'unavailable', error, hasLeft: false };
  } catch {
    return toError(path, called, 'threw something that cannot be looked at', undefined);
  }
}

function toError(path: string, called: string, what: string, cause: unknown): PolicyVerdict {
  const error = new MCPAuthConfigError(
    'invalid_rule_result',
    path,
    `${what} for ${called}. A computed rule must return scopes, { allOf }, { anyOf }, { authentication }, "anonymous", "refuse", a decision such as allow() or deny(), or a promise of one.`,
    { cause },
  );
  return { kind: 'error', error };
}

/** A batch that was answered with something else than one answer for each. */
export function readBatch(
  answer: unknown,
  path: string,
  amount: number,
): readonly unknown[] | MCPAuthConfigError {
  if (Array.isArray(answer) && answer.length === amount) return Array.from(answer as readonly unknown[]);
  const came = Array.isArray(answer) ? `${answer.length} answers` : describeAnswer(answer);
  return new MCPAuthConfigError(
    'invalid_rule_result',
    path,
    `decideAll returned ${came} for ${amount} requests. It must return a list with one answer for each, in their order, or a promise of one.`,
  );
}
