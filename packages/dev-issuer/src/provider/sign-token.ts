import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { SigningJwk } from './signing-key.js';

/** What a token says that was made without a login. */
export interface TokenClaims {
  /** The resource that it is for. */
  readonly audience: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  /** Below zero for one that has expired. */
  readonly expiresInSeconds: number;
}

/** The client in tokens that were made without one. */
export const tokenClientId = 'dev-issuer';

/** A JWT as the issuer's own (RFC 9068), outside of any grant. */
export async function signToken(
  issuer: string,
  signingKey: SigningJwk,
  { audience, subject, scopes, expiresInSeconds }: TokenClaims,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ client_id: tokenClientId, scope: scopes.join(' ') })
    .setProtectedHeader({ alg: 'ES256', kid: signingKey.kid, typ: 'at+jwt' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setJti(randomUUID())
    .setIssuedAt(Math.min(now, now + expiresInSeconds - 1))
    .setExpirationTime(now + expiresInSeconds)
    .sign(await importJWK({ ...signingKey }, 'ES256'));
}
