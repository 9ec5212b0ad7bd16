import { MCPAuthError } from './mcp-auth-error.js';
import { findSentence } from './sentence.js';

/** Why a token could not be verified, in the codes of version 0.2. */
export type MCPAuthTokenVerificationErrorCode = 'invalid_token' | 'token_verification_failed';

/** The sentence for each code. */
export const tokenVerificationErrorDescription: Readonly<Record<MCPAuthTokenVerificationErrorCode, string>> =
  Object.freeze({
    invalid_token: 'The access token is not valid.',
    token_verification_failed: 'The access token could not be verified.',
  });

const fallback = 'The access token was refused.';

/**
 * A token that is not genuine or not current. Thrown by your own verifier to refuse a token: the client is told 401.
 *
 * @see RFC 6750 §3.1
 * @example
 * ```ts
 * import { MCPAuthTokenVerificationError } from 'mcp-auth';
 *
 * export const describe = (error: unknown) =>
 *   error instanceof MCPAuthTokenVerificationError ? JSON.stringify(error.toJson()) : 'something else';
 * ```
 */
export class MCPAuthTokenVerificationError extends MCPAuthError {
  override name = 'MCPAuthTokenVerificationError';
  override readonly code: MCPAuthTokenVerificationErrorCode;
  override readonly cause?: unknown;

  constructor(code: MCPAuthTokenVerificationErrorCode, cause?: unknown) {
    super(code, findSentence(tokenVerificationErrorDescription, code, fallback));
    this.code = code;
    this.cause = cause;
  }
}
