import { MCPAuthError } from './mcp-auth-error.js';
import { describe, findSentence } from './sentence.js';

/** What is wrong with an authorization server or its configuration. */
export type AuthServerErrorCode = 'invalid_server_metadata' | 'invalid_server_config' | 'missing_jwks_uri';

/** The sentence for each code. */
export const authServerErrorDescription: Readonly<Record<AuthServerErrorCode, string>> = Object.freeze({
  invalid_server_metadata: 'The metadata of the authorization server cannot be used.',
  invalid_server_config: 'The configuration cannot work.',
  missing_jwks_uri:
    'The authorization server has no keys to verify JWTs with: its metadata names no JWKS URI.',
});

const fallback = 'Something is wrong with the authorization server.';

/**
 * An authorization server, or what the configuration says about it, that cannot be used.
 *
 * @see RFC 8414 §3.3
 * @example
 * ```ts
 * import { MCPAuthAuthServerError } from 'mcp-auth';
 *
 * export const describe = (error: unknown) =>
 *   error instanceof MCPAuthAuthServerError ? JSON.stringify(error.toJson()) : 'something else';
 * ```
 */
export class MCPAuthAuthServerError extends MCPAuthError {
  override name = 'MCPAuthAuthServerError';
  override readonly code: AuthServerErrorCode;
  override readonly cause?: unknown;

  constructor(code: AuthServerErrorCode, cause?: unknown) {
    super(code, describe(findSentence(authServerErrorDescription, code, fallback), cause));
    this.code = code;
    this.cause = cause;
  }
}
