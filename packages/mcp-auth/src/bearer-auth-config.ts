/* eslint-disable @typescript-eslint/consistent-type-definitions -- aliases fit index signatures, as they did in 0.2 */
import type { JWTVerifyOptions, RemoteJWKSetOptions } from 'jose';
import type { AuthInfo } from './auth-info.js';

/** The built-in way to verify tokens. */
export type VerifyAccessTokenMode = 'jwt';

/**
 * Verifies a token in a way of your own and says whom it belongs to.
 *
 * It must establish that the token is genuine. Issuer, audience, expiry and scopes of what it returns are checked by the
 * middleware. To refuse a token it throws `MCPAuthTokenVerificationError`.
 */
export type VerifyAccessTokenFunction = (token: string) => AuthInfo | Promise<AuthInfo>;

/** Throws `MCPAuthBearerAuthError` with `invalid_issuer` for an issuer that is not trusted. A promise it returns is waited for. */
export type ValidateIssuerFunction = (tokenIssuer: string) => void;

/** Options of `handleBearerAuth`; `bearerAuth` takes all but the first two. */
export type BearerAuthConfig = {
  verifyAccessToken: VerifyAccessTokenFunction;
  /** The only issuer to trust, or a function that judges one. */
  issuer: string | ValidateIssuerFunction;
  /** The audience a token must have. Default: the identifier of the resource. */
  audience?: string | undefined;
  /** Scopes a token must have, all of them. Default: none. */
  requiredScopes?: string[] | undefined;
  /** Identifier of the protected resource this route belongs to. */
  resource?: string | undefined;
  /**
   * Tells clients which check refused their token, and the code of version 0.2 as `code`. For development. Default: false.
   *
   * The texts are fixed and hold nothing of a token.
   */
  showErrorDetails?: boolean | undefined;
  /** Seconds that a token is good for when your function returns no `expiresAt`. Default: none, such a token is refused. */
  lifetimeWithoutExpirySeconds?: number | undefined;
};

/** Options of the mode `jwt`, under jose's names. */
export type VerifyJwtConfig = {
  jwtVerify?: JWTVerifyOptions | undefined;
  remoteJwkSet?: RemoteJWKSetOptions | undefined;
};

/** Options of a route whose tokens a function verifies. */
export type CustomRouteConfig = Omit<BearerAuthConfig, 'verifyAccessToken' | 'issuer'>;

/** Options of a route whose tokens are JWTs. */
export type JwtRouteConfig = Omit<CustomRouteConfig, 'lifetimeWithoutExpirySeconds'> & VerifyJwtConfig;
