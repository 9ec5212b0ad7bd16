import type { CryptoKey } from 'jose';
import { importJWK, importPKCS8 } from 'jose/key/import';
import type { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import type { Clock } from '../net/clock.js';
import type { PrivateKeyJwt } from '../config/introspection.js';
import { credentialsFault } from './credentials-fault.js';
import { isJwk, resolveSigningAlgorithm } from '../config/private-key.js';

/** RFC 7523 §3: an assertion is good for one call that is made now. */
const lifetimeSeconds = 60;

/**
 * Signs client assertions (RFC 7523 §2.2, §3): `iss` and `sub` are the client, `aud` is the authorization server alone, `jti`
 * is new for each.
 *
 * What signs is loaded on first use: a resource server that signs nothing does not carry it.
 */
export function createAssertionSigner(
  config: PrivateKeyJwt,
  issuer: string,
  now: Clock,
): () => Promise<string> {
  const { clientId, audience = issuer } = config;
  const alg = resolveSigningAlgorithm(config);
  const kid = config.kid ?? (isJwk(config.key) ? config.key.kid : undefined);
  const header = { alg, ...(typeof kid === 'string' ? { kid } : undefined) };
  let key: CryptoKey | undefined;
  return async () => {
    const { SignJWT } = await import('jose/jwt/sign');
    key ??= await importKey(config.key, alg);
    const issuedAt = Math.floor(now() / 1000);
    const assertion = new SignJWT()
      .setProtectedHeader(header)
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(audience)
      .setJti(crypto.randomUUID())
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeSeconds);
    try {
      return await assertion.sign(key);
    } catch {
      // A key may be imported and still be too short, or of another curve
      throw unusable(alg);
    }
  };
}

async function importKey(key: PrivateKeyJwt['key'], alg: string): Promise<CryptoKey> {
  try {
    if (typeof key === 'string') return await importPKCS8(key, alg);
    if (!isJwk(key)) return key;
    const imported = await importJWK({ ...key, kty: String(key.kty), alg });
    if (!(imported instanceof Uint8Array)) return imported;
  } catch {
    // What an import throws may describe the key
  }
  throw unusable(alg);
}

function unusable(alg: string): MCPAuthAuthServerError {
  return credentialsFault(
    `clientAuthentication.key cannot sign with ${alg}. Give a private key of the kind that this algorithm takes; an RSA key needs 2048 bits or more`,
  );
}
