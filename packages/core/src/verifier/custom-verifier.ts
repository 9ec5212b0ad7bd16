import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { MCPAuthBearerAuthError } from '../errors/bearer-auth-error.js';
import { MCPAuthTokenVerificationError } from '../errors/token-error.js';
import { readScopes } from '../policy/scopes.js';
import { checkClaimShapes, checkSenderConstraint } from './claim-rules.js';
import { deepFreeze } from './deep-freeze.js';
import { maxTokenLength } from './jwt-verifier.js';
import { checkTimes, type TimeRules } from './time-rules.js';
import { checkTokenPolicy, type TrustedIssuer } from './trusted-issuer.js';
import { reject, type TokenVerifier, type Verification } from './verification.js';

/** What a custom verifier reports about a token it found genuine. */
export interface TokenInfo {
  /** Issuer identifier; must be one that the resource trusts. */
  readonly issuer: string;
  readonly clientId?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  /** Whom the token was issued for; must be this resource, unless the configuration names other audiences. */
  readonly audience?: string | readonly string[] | undefined;
  readonly subject?: string | undefined;
  /** Seconds since the epoch. Required. */
  readonly expiresAt?: number | undefined;
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Verifies a token in a way of its own, for tokens that are not JWTs.
 *
 * It must establish that the token is genuine. The gate checks issuer, audience, expiry and scopes of what it returns.
 * To refuse a token it throws `MCPAuthTokenVerificationError` (401); `MCPAuthAuthServerError` says that nobody can tell
 * (503); anything else is a fault of the application and goes to the framework's error handling.
 */
export type VerifyAccessToken = (token: string) => TokenInfo | Promise<TokenInfo>;

/** Wraps a custom verifier: what it throws is classified, what it returns is checked. */
export function createCustomVerifier(
  verify: VerifyAccessToken,
  issuers: ReadonlyMap<string, TrustedIssuer>,
  time: TimeRules,
): TokenVerifier {
  return async (token) => {
    if (token.length > maxTokenLength) return reject('token_too_large');
    try {
      return readTokenInfo(token, await verify(token), issuers, time);
    } catch (error) {
      return classify(error);
    }
  };
}

function classify(error: unknown): Verification {
  if (error instanceof MCPAuthTokenVerificationError) return reject(error.code);
  if (error instanceof MCPAuthBearerAuthError || isOAuthInvalidToken(error))
    return reject('rejected_by_verifier');
  if (error instanceof MCPAuthAuthServerError) return { kind: 'unavailable', error, retryAfterSeconds: 5 };
  throw error;
}

/** `OAuthError` of the official SDK, and `InvalidTokenError` of its first version, name the RFC 6750 code. */
function isOAuthInvalidToken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errorCode } = error as { code?: unknown; errorCode?: unknown };
  return code === 'invalid_token' || errorCode === 'invalid_token';
}

function readTokenInfo(
  token: string,
  info: TokenInfo,
  issuers: ReadonlyMap<string, TrustedIssuer>,
  time: TimeRules,
): Verification {
  if (typeof (info as unknown) !== 'object' || (info as unknown) === null)
    return reject('rejected_by_verifier');
  const issuer = issuers.get(info.issuer);
  if (issuer === undefined) return reject('untrusted_issuer', 'iss');
  const { clientId = '', subject, audience, scopes = [] } = info;
  if (typeof clientId !== 'string') return reject('invalid_claim', 'client_id');
  const claims = deepFreeze(structuredClone({ ...info.claims }));
  const rejected =
    checkTimes({ exp: info.expiresAt }, time) ??
    checkClaimShapes({ aud: audience, sub: subject }) ??
    checkSenderConstraint(claims) ??
    checkTokenPolicy(issuer, claims, {});
  if (rejected !== undefined) return rejected;
  return {
    kind: 'verified',
    token: {
      token,
      issuer: info.issuer,
      authorizationServer: issuer.authorizationServer,
      clientId,
      subject,
      audience,
      scopes: readScopes({ scope: scopes }),
      expiresAt: info.expiresAt as number,
      claims,
    },
  };
}
