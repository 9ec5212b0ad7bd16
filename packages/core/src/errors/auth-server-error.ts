import { MCPAuthError, type MCPAuthErrorOptions } from './mcp-auth-error.js';
import { hideUrlSecrets, mapText } from './shown-text.js';

/** What went wrong on the way to an authorization server. The provider or the network's owner acts. */
export type AuthServerErrorCode =
  | 'insecure_url'
  | 'request_failed'
  | 'request_timeout'
  | 'redirect_refused'
  | 'unexpected_status'
  | 'unexpected_content_type'
  | 'response_too_large'
  | 'invalid_json'
  | 'invalid_metadata'
  | 'issuer_mismatch'
  | 'transpile_failed'
  | 'missing_jwks_uri'
  | 'invalid_key_set'
  | 'missing_introspection_endpoint'
  | 'introspection_unauthorized'
  | 'introspection_refused'
  | 'invalid_introspection_response'
  | 'retry_later';

/**
 * An authorization server that cannot be reached or answers with something unusable.
 *
 * Behind a gate this becomes status 503 with `Retry-After`, never 401: the client's token is not at fault.
 *
 * @see RFC 9110 §15.6.4
 * @example
 * ```ts
 * import { fetchServerConfig, MCPAuthAuthServerError } from '@mcp-auth/core';
 *
 * try {
 *   await fetchServerConfig('https://auth.example.com');
 * } catch (error) {
 *   if (error instanceof MCPAuthAuthServerError) console.error(error.code, error.message);
 *   else throw error;
 * }
 * ```
 */
export class MCPAuthAuthServerError extends MCPAuthError<AuthServerErrorCode> {
  override readonly name = 'MCPAuthAuthServerError';

  /** URLs in `message` and `details` are shown without passwords and keys. */
  constructor(code: AuthServerErrorCode, message: string, options: MCPAuthErrorOptions = {}) {
    super(code, hideUrlSecrets(message), { ...options, details: mapText(options.details, hideUrlSecrets) });
  }
}

/**
 * Something of an authorization server that cannot be had for now: its metadata, a key, an answer about a token. Nobody can
 * tell then whether a token is good: 503.
 */
export interface Unavailable {
  readonly kind: 'unavailable';
  readonly error: MCPAuthAuthServerError;
  readonly retryAfterSeconds: number;
}
