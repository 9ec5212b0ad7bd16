import { Buffer } from 'node:buffer';
import { constants, createPublicKey, type KeyObject, verify, type VerifyKeyObjectInput } from 'node:crypto';
import type { PublicJwk } from '../keys/public-jwk.js';
import type { SignatureVerdict, VerifySignature } from './verify-signature.js';

/**
 * With Node's own functions: in the same turn where that takes some hundred microseconds at most, and a promise and its turns would
 * be the greater part. By algorithm and size of the key, never by the clock: what waits is the same on every machine. P-384, P-521
 * and larger RSA keys would hold up all other requests, and are left to WebCrypto, which verifies them on another thread.
 */
export const verifySignature: VerifySignature = (jws, jwk, alg) => {
  const scheme = schemes.get(alg);
  if (scheme === undefined) return verifyElsewhere(jws, jwk, alg);
  const key = prepareKey(jwk, alg, scheme);
  if (key === 'large') return verifyElsewhere(jws, jwk, alg);
  return key === 'unusable' ? 'unusable-key' : judge(jws, scheme, key);
};

/** An algorithm that is verified in the same turn. */
interface Scheme {
  readonly keyType: 'rsa' | 'ec' | 'ed25519';
  readonly curve?: string;
  /** `null` where the algorithm has its own. */
  readonly digest: string | null;
  readonly options: Omit<VerifyKeyObjectInput, 'key'>;
}

/** RFC 7518 §3.3. */
const pkcs1 = { padding: constants.RSA_PKCS1_PADDING };
/** RFC 7518 §3.5: the salt is as long as the hash. Node would take any length. */
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
/** RFC 7518 §3.4: R and S, one behind the other. Node would take DER. */
const ecdsa = { dsaEncoding: 'ieee-p1363' } as const;
/** RFC 8037 §3.1, RFC 9864 §2.2. */
const ed25519: Scheme = { keyType: 'ed25519', digest: null, options: {} };

const schemes: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ['RS256', { keyType: 'rsa', digest: 'sha256', options: pkcs1 }],
  ['RS384', { keyType: 'rsa', digest: 'sha384', options: pkcs1 }],
  ['RS512', { keyType: 'rsa', digest: 'sha512', options: pkcs1 }],
  ['PS256', { keyType: 'rsa', digest: 'sha256', options: pss }],
  ['PS384', { keyType: 'rsa', digest: 'sha384', options: pss }],
  ['PS512', { keyType: 'rsa', digest: 'sha512', options: pss }],
  ['ES256', { keyType: 'ec', curve: 'prime256v1', digest: 'sha256', options: ecdsa }],
  ['EdDSA', ed25519],
  ['Ed25519', ed25519],
]);

const longestModulus = 4096;

/** `unusable` is one that Node refuses, or that is none of the algorithm. */
type PreparedKey = VerifyKeyObjectInput | 'large' | 'unusable';

const prepared = new WeakMap<PublicJwk, Map<string, PreparedKey>>();

/** The key as Node takes it, for one JWK and one algorithm, imported once. */
function prepareKey(jwk: PublicJwk, alg: string, scheme: Scheme): PreparedKey {
  const byAlgorithm = prepared.get(jwk);
  const known = byAlgorithm?.get(alg);
  if (known !== undefined) return known;
  const key = toPreparedKey(importKey(jwk), scheme);
  prepared.set(jwk, new Map(byAlgorithm).set(alg, key));
  return key;
}

function importKey(jwk: PublicJwk): KeyObject | undefined {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

function toPreparedKey(key: KeyObject | undefined, { keyType, curve, options }: Scheme): PreparedKey {
  if (key?.asymmetricKeyType !== keyType) return 'unusable';
  const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (namedCurve !== curve) return 'unusable';
  return modulusLength > longestModulus ? 'large' : { ...options, key };
}

function judge(jws: string, { digest }: Scheme, key: VerifyKeyObjectInput): SignatureVerdict {
  const end = jws.lastIndexOf('.');
  try {
    const signature = Buffer.from(jws.slice(end + 1), 'base64url');
    return verify(digest, Buffer.from(jws.slice(0, end), 'latin1'), key, signature) ? 'signed' : 'not-signed';
  } catch {
    // No matter what is thrown for its bytes, nobody has signed it
    return 'not-signed';
  }
}

async function verifyElsewhere(jws: string, jwk: PublicJwk, alg: string): Promise<SignatureVerdict> {
  // Loaded with the first such key, as jose is: most processes never see one
  const web = await import('./web-signatures.js');
  return web.verifySignature(jws, jwk, alg);
}
