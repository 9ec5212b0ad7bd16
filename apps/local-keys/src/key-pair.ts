import { generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, importPKCS8, SignJWT } from 'jose';
import { algorithm, resourceAt } from './trust-anchor.js';

/** A key pair in PEM: the public half is for the server, the private one for whoever makes tokens. */
export interface PemKeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

export function makeKeyPair(): PemKeyPair {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** What a token says. */
export interface TokenClaims {
  readonly subject: string;
  readonly clientId: string;
  readonly scope: string;
  readonly lifetimeSeconds: number;
}

/** An access token of the issuer at this origin, for the MCP endpoint at this origin (RFC 9068). */
export async function mintToken(
  privateKey: string,
  origin: string,
  { subject, clientId, scope, lifetimeSeconds }: TokenClaims,
): Promise<string> {
  const key = await importPKCS8(privateKey, algorithm, { extractable: true });
  const { kty, n, e } = await exportJWK(key);
  const issuedAt = Math.floor(Date.now() / 1000);
  return new SignJWT({ client_id: clientId, scope })
    .setProtectedHeader({
      alg: algorithm,
      typ: 'at+jwt',
      // RFC 7638: the identifier under which the server publishes a key that came without one
      kid: await calculateJwkThumbprint({ kty: kty ?? '', n: n ?? '', e: e ?? '' }),
    })
    .setIssuer(origin)
    .setAudience(resourceAt(origin))
    .setSubject(subject)
    .setJti(crypto.randomUUID())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(key);
}
