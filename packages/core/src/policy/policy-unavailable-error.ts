import { MCPAuthError } from '../errors/mcp-auth-error.js';

/** Seconds that a client is told to wait where nobody says how long. */
const defaultRetryAfterSeconds = 5;

/** What a {@link PolicyUnavailableError} may say. */
export interface PolicyUnavailableOptions {
  readonly cause?: unknown;
  /** For the header `Retry-After`: a whole number from 1 to 3600. Default: 5. */
  readonly retryAfterSeconds?: number | undefined;
}

/**
 * The engine that decides cannot be asked, or has answered something else than a decision. The request is answered with 503 and
 * `Retry-After`: never a pass, and never a 401, for the token is not at fault.
 *
 * @see RFC 9110 §15.6.4
 * @example
 * ```ts
 * import { allow, deny, PolicyUnavailableError, type OperationFunction } from '@mcp-auth/core';
 *
 * export const ask: OperationFunction = async ({ operation, arguments: given, caller, signal }) => {
 *   const body = JSON.stringify({ input: { tool: operation.target, given, user: caller?.subject } });
 *   const response = await fetch('http://127.0.0.1:8181/v1/data/mcp/allow', { method: 'POST', body, signal, redirect: 'error' });
 *   if (!response.ok) throw new PolicyUnavailableError(`The engine answered ${response.status}`);
 *   const { result } = (await response.json()) as { result?: unknown };
 *   if (typeof result !== 'boolean') throw new PolicyUnavailableError('The engine answered no decision');
 *   return result ? allow() : deny();
 * };
 * ```
 */
export class PolicyUnavailableError extends MCPAuthError<'policy_unavailable'> {
  override readonly name = 'PolicyUnavailableError';
  /** What the request is answered with. */
  readonly status = 503;
  /** For the header `Retry-After`. */
  readonly retryAfterSeconds: number;

  constructor(message: string, { cause, retryAfterSeconds }: PolicyUnavailableOptions = {}) {
    super('policy_unavailable', message, { cause });
    this.retryAfterSeconds = toRetryAfter(retryAfterSeconds);
  }
}

/** Whether something that was thrown says so; of another copy of this package too. */
export function isPolicyUnavailable(thrown: unknown): thrown is PolicyUnavailableError {
  return (
    thrown instanceof PolicyUnavailableError ||
    (thrown instanceof Error &&
      thrown.name === 'PolicyUnavailableError' &&
      (thrown as { readonly code?: unknown }).code === 'policy_unavailable')
  );
}

/** What somebody else's number makes of the header. */
export function toRetryAfter(seconds: unknown): number {
  return typeof seconds === 'number' && Number.isSafeInteger(seconds) && seconds >= 1 && seconds <= 3600
    ? seconds
    : defaultRetryAfterSeconds;
}
