import { MCPAuthError } from './mcp-auth-error.js';

/** Why a session could not be opened although its caller may call. */
export type SessionErrorCode = 'too_many_sessions';

/** How long a client should wait for a place. Sessions end at any time, so nobody can know. */
const retryAfterSeconds = 30;

/**
 * There is no place for another session, and no session whose end would be fair. The request is to be answered with 503 and
 * `Retry-After`; no session of anybody was ended.
 *
 * @see RFC 9110 §15.6.4
 * @example
 * ```ts
 * import { MCPAuthSessionError } from '@mcp-auth/core';
 *
 * export function toResponse(error: MCPAuthSessionError): Response {
 *   const headers = { 'Retry-After': String(error.retryAfterSeconds) };
 *   return new Response(null, { status: error.status, headers });
 * }
 * ```
 */
export class MCPAuthSessionError extends MCPAuthError<SessionErrorCode> {
  override readonly name = 'MCPAuthSessionError';
  /** What the request is to be answered with. */
  readonly status = 503;
  /** For the header `Retry-After`. */
  readonly retryAfterSeconds = retryAfterSeconds;
}
