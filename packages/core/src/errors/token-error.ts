import { MCPAuthError } from './mcp-auth-error.js';

/** Why an access token was not accepted. The client acts: it needs another token. */
export type TokenErrorCode =
  | 'token_too_large'
  | 'malformed_token'
  | 'encrypted_token'
  | 'unsupported_algorithm'
  | 'unsupported_type'
  | 'critical_header'
  | 'missing_issuer'
  | 'untrusted_issuer'
  | 'unknown_key'
  | 'unsuitable_key'
  | 'invalid_signature'
  | 'missing_claim'
  | 'invalid_claim'
  | 'token_expired'
  | 'token_not_yet_valid'
  | 'issued_in_future'
  | 'token_too_old'
  | 'missing_audience'
  | 'wrong_audience'
  | 'not_an_access_token'
  | 'sender_constrained'
  | 'bound_token_as_bearer'
  | 'unbound_token'
  | 'wrong_sender'
  | 'policy_refused'
  | 'inactive_token'
  | 'revoked_token'
  | 'rejected_by_verifier';

/**
 * An access token that is not genuine, not current or not meant for this resource.
 *
 * A custom verifier throws it to refuse a token; the gate answers 401 with `error="invalid_token"` (RFC 6750 §3.1).
 *
 * @see RFC 6750 §3.1
 * @see RFC 9068 §4
 * @example
 * ```ts
 * import { MCPAuthTokenVerificationError, type VerifyAccessToken } from '@mcp-auth/core';
 *
 * export const verify: VerifyAccessToken = (token) => {
 *   throw new MCPAuthTokenVerificationError(token === '' ? 'malformed_token' : 'inactive_token');
 * };
 * ```
 */
export class MCPAuthTokenVerificationError extends MCPAuthError<TokenErrorCode> {
  override readonly name = 'MCPAuthTokenVerificationError';

  constructor(code: TokenErrorCode, message?: string, options: { cause?: unknown } = {}) {
    super(code, message ?? describeTokenError(code), options);
  }
}

const descriptions: Readonly<Record<TokenErrorCode, string>> = {
  token_too_large: 'The access token is larger than this resource accepts',
  malformed_token: 'The access token is not a well-formed JWT',
  encrypted_token: 'The access token is encrypted; this resource reads signed tokens only',
  unsupported_algorithm: 'The access token is signed with an algorithm that is not allowed here',
  unsupported_type: 'The typ header of the token names another kind of JWT',
  critical_header: 'The token demands a header extension that is not understood (crit)',
  missing_issuer: 'The access token names no issuer',
  untrusted_issuer: 'The issuer of the access token is not trusted by this resource',
  unknown_key: 'The issuer publishes no key that fits the access token',
  unsuitable_key: 'The key of the access token must not be used for this algorithm',
  invalid_signature: 'The signature of the access token is not valid',
  missing_claim: 'The access token lacks a required claim',
  invalid_claim: 'A claim of the access token has an unusable value',
  token_expired: 'The access token expired',
  token_not_yet_valid: 'The access token is not valid yet',
  issued_in_future: 'The access token was issued in the future',
  token_too_old: 'The access token is older than this resource accepts',
  missing_audience: 'The access token names no audience',
  wrong_audience: 'The access token was issued for another resource',
  not_an_access_token: 'The token is not an access token',
  sender_constrained: 'The access token is bound to a key that this resource cannot check',
  bound_token_as_bearer:
    'The access token is bound to a key and must be sent with the scheme DPoP and a proof',
  unbound_token: 'The access token is not bound to the key of its sender, which this request needs',
  wrong_sender: 'The access token is bound to another key than that of its sender',
  policy_refused: 'The access token does not meet the policy of its authorization server',
  inactive_token: 'The access token is not active',
  revoked_token: 'The access token was revoked at this resource',
  rejected_by_verifier: 'The access token was refused',
};

/** The fixed English sentence for a code: safe in a header, free of anything the token holds. */
export function describeTokenError(code: TokenErrorCode): string {
  return descriptions[code];
}
