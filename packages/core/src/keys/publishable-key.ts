import type { PublicJwk } from './public-jwk.js';

/** RFC 7518 §3.4, RFC 8037 §3.1: curves that leave no choice of algorithm. With RSA the configuration must say. */
const algorithmOfCurve: Readonly<Record<string, string>> = {
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
  Ed25519: 'EdDSA',
};

/**
 * Completes a key so that it can be published and found again: `use`, `alg` where the curve decides it, and as `kid` its
 * thumbprint (RFC 7638) where none is given.
 */
export async function completeKey(key: PublicJwk): Promise<PublicJwk> {
  const alg = key.alg ?? algorithmOfCurve[key.crv ?? ''];
  return {
    ...key,
    use: key.use ?? 'sig',
    ...(alg === undefined ? undefined : { alg }),
    kid: key.kid ?? (await getThumbprint(key)),
  };
}

async function getThumbprint(key: PublicJwk): Promise<string> {
  const { calculateJwkThumbprint } = await import('jose/jwk/thumbprint');
  return calculateJwkThumbprint({ ...key, key_ops: [] });
}

/** RFC 7517 §4.3: `use` and `key_ops` should not be used together. */
export function toPublishedKey(key: PublicJwk): object {
  return { ...key, key_ops: undefined };
}
