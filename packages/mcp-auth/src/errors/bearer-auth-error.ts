/* eslint-disable @typescript-eslint/consistent-type-definitions -- an alias fits index signatures, as it did in 0.2 */
import { dropUndefined, MCPAuthError } from './mcp-auth-error.js';
import { findSentence } from './sentence.js';

/** Why a request was refused, in the codes of version 0.2. */
export type BearerAuthErrorCode =
  | 'missing_auth_header'
  | 'invalid_auth_header_format'
  | 'missing_bearer_token'
  | 'invalid_issuer'
  | 'invalid_audience'
  | 'missing_required_scopes'
  | 'invalid_token';

/** The sentence for each code. */
export const bearerAuthErrorDescription: Readonly<Record<BearerAuthErrorCode, string>> = Object.freeze({
  missing_auth_header: 'The request has no Authorization header. Send an access token.',
  invalid_auth_header_format:
    'The Authorization header must be the word Bearer, a space and the access token.',
  missing_bearer_token: 'The Authorization header names the scheme Bearer and no token.',
  invalid_issuer: 'The access token comes from an issuer that is not trusted here.',
  invalid_audience: 'The access token is meant for another audience.',
  missing_required_scopes: 'The access token lacks scopes that this request needs.',
  invalid_token: 'The access token is not valid, or no longer.',
});

const fallback = 'The request was denied: its access token is not good enough.';

/** Facts about a refusal. */
export type MCPAuthBearerAuthErrorDetails = {
  cause?: unknown;
  uri?: URL;
  missingScopes?: string[];
  expected?: unknown;
  actual?: unknown;
};

/**
 * A request without credentials that are good enough. Thrown by your own issuer check to refuse a token.
 *
 * @see RFC 6750 §3.1
 * @example
 * ```ts
 * import { MCPAuthBearerAuthError } from 'mcp-auth';
 *
 * export const describe = (error: unknown) =>
 *   error instanceof MCPAuthBearerAuthError ? JSON.stringify(error.toJson()) : 'something else';
 * ```
 */
export class MCPAuthBearerAuthError extends MCPAuthError {
  override name = 'MCPAuthBearerAuthError';
  override readonly code: BearerAuthErrorCode;
  override readonly cause?: MCPAuthBearerAuthErrorDetails | undefined;

  constructor(code: BearerAuthErrorCode, cause?: MCPAuthBearerAuthErrorDetails) {
    super(code, findSentence(bearerAuthErrorDescription, code, fallback));
    this.code = code;
    this.cause = cause;
  }

  /** Adds `errorUri` and `missingScopes` where they are known. */
  override toJson(showCause = false): Record<string, unknown> {
    return dropUndefined({
      ...super.toJson(showCause),
      errorUri: this.cause?.uri?.href,
      missingScopes: this.cause?.missingScopes,
    });
  }
}
