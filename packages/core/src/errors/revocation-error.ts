import { MCPAuthError } from './mcp-auth-error.js';

/** Why a revocation was not made. Nothing was revoked then, and no stream ended. */
export type RevocationErrorCode = 'too_many_revocations' | 'unknown_issue_time';

/**
 * A revocation that this server cannot keep, or cannot tell which tokens it is about. Nothing has changed.
 *
 * @see RFC 7009 §2.2
 * @example
 * ```ts
 * import { MCPAuthRevocationError } from '@mcp-auth/core';
 *
 * export const isFull = (error: unknown) =>
 *   error instanceof MCPAuthRevocationError && error.code === 'too_many_revocations';
 * ```
 */
export class MCPAuthRevocationError extends MCPAuthError<RevocationErrorCode> {
  override readonly name = 'MCPAuthRevocationError';
}
