import { describeBearerAuthError, MCPAuthBearerAuthError } from '../errors/bearer-auth-error.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { EventSink } from '../events/event-sink.js';
import { printable } from '../events/facts.js';
import { PolicyUnavailableError } from '../policy/policy-unavailable-error.js';
import { isPartOf } from './own-token.js';

/** Why a rule came to nothing. */
export type RuleError = MCPAuthConfigError | PolicyUnavailableError;

const maxDepth = 5;
const maxMembers = 200;
/** Of all that is looked through: a client may have written it. */
const maxText = 20_000;

/**
 * What a rule threw, as listeners get it: the very same, unless it holds the token of the request, as an error of a call that passes the
 * token on may. What cannot be looked through is not handed on either: of both only the class and the message stay, where they are clean.
 *
 * @param isSecret - whether a text holds a part of the token
 */
export function withoutSecrets(error: RuleError, isSecret: (text: string) => boolean): RuleError {
  if (error.cause === undefined || isClean(error.cause, isSecret)) return error;
  const found = describe(error.cause);
  const name = isSecret(found.name) ? 'Error' : found.name;
  const message = isSecret(found.message) ? 'The message was left out: it holds the token' : found.message;
  // Its own stack begins here, which is of no use to anybody
  const cause = Object.assign(new Error(message), { name, stack: `${name}: ${message}` });
  if (error instanceof MCPAuthConfigError) {
    return new MCPAuthConfigError(error.code, error.path, error.message, { of: '', cause });
  }
  return new PolicyUnavailableError(error.message, { cause, retryAfterSeconds: error.retryAfterSeconds });
}

/**
 * Tells the owner what came of a rule where there is a caller, and no request.
 *
 * @param token - of the caller
 * @returns what code of the application gets instead: the official SDKs show clients the message of what is thrown, and which rule there
 *   is, for which name, is its owner's affair
 */
export function reportRule(
  { events, resource }: { readonly events: EventSink; readonly resource: string },
  error: RuleError,
  token: string | undefined,
): MCPAuthBearerAuthError | PolicyUnavailableError {
  const told = withoutSecrets(error, (text) => isPartOf(text, token));
  events.emit({ type: 'policy', resource, error: told });
  return toPublicError(error);
}

/** The same without what is the owner's affair. */
export function toPublicError(error: RuleError): MCPAuthBearerAuthError | PolicyUnavailableError {
  if (error instanceof MCPAuthConfigError) return new MCPAuthBearerAuthError('operation_failed');
  const { retryAfterSeconds } = error;
  return new PolicyUnavailableError(describeBearerAuthError('policy_unavailable'), { retryAfterSeconds });
}

function describe(cause: unknown): { readonly name: string; readonly message: string } {
  const none = { name: 'Error', message: 'What was thrown was left out: it may hold the token' };
  try {
    if (!(cause instanceof Error)) return none;
    const { name, message } = cause as { readonly name?: unknown; readonly message?: unknown };
    if (typeof name !== 'string' || typeof message !== 'string') return none;
    return { name: /^\w{1,60}$/.test(name) ? name : 'Error', message: printable(message, 1000) };
  } catch {
    return none;
  }
}

/** Whether all of a value was looked at, and has no secret. */
function isClean(value: unknown, isSecret: (text: string) => boolean): boolean {
  let members = 0;
  let characters = 0;
  const lookAt = (text: string) => (characters += text.length) <= maxText && !isSecret(text);
  const look = (each: unknown, depth: number): boolean => {
    if (typeof each === 'string') return lookAt(each);
    if (typeof each === 'function') return false;
    if (typeof each !== 'object' || each === null) return true;
    if (depth > maxDepth || !isTransparent(each)) return false;
    return Reflect.ownKeys(each).every((name) => {
      if (++members > maxMembers) return false;
      return (
        (typeof name === 'symbol' || lookAt(name)) &&
        look((each as Record<PropertyKey, unknown>)[name], depth + 1)
      );
    });
  };
  try {
    return look(value, 0);
  } catch {
    return false;
  }
}

/** What shows all that it has in its members; a request or a list of headers has more. */
function isTransparent(value: object): boolean {
  if (value instanceof Error || Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
