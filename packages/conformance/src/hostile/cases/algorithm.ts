import { createPublicKey } from 'node:crypto';
import { refuseEdits } from '../hostile-case.js';
import { publishedSecret, type KeyName } from '../key-ring.js';
import type { Mint, TokenOptions } from '../mint.js';
import { signHmac, signWith } from '../signatures.js';

/** An `alg` that is not what has signed. */
const named = (alg: unknown): TokenOptions => ({ header: { alg } });

/** RFC 7518 §3.6: the empty signature, which only the empty segment can hold; one byte stands in where a form is needed. */
const unsigned = (alg: string): TokenOptions => ({ header: { alg }, sign: () => Buffer.from([0]) });

const publicKey = (mint: Mint, key: KeyName) => createPublicKey(mint.key(key).privateKey);

/** An HMAC over the token whose secret is public (RFC 8725 §2.1). */
const hmac =
  (alg: string, secret: (mint: Mint) => string | Buffer, kid: unknown = 'rsa') =>
  (mint: Mint): TokenOptions => ({
    header: { alg, kid },
    sign: signHmac(secret(mint), Number(alg.slice(2))),
  });

/** A good signature of one key under the name of another. */
const under =
  (alg: string, kid: string, key: KeyName, signedAs: string = alg) =>
  (mint: Mint): TokenOptions => ({
    header: { alg, kid },
    sign: signWith(mint.key(key).privateKey, signedAs),
  });

const none = refuseEdits('algorithm', 'unsupported_algorithm', ['RFC9068-2.1-01', 'RFC8725-3.2-01'], {
  'alg none': unsigned('none'),
  'alg none with a capital letter': unsigned('None'),
  'alg none in capitals': unsigned('NONE'),
  'alg none in mixed case': unsigned('nOnE'),
  'alg none over a good signature': named('none'),
});

const names = refuseEdits('algorithm', 'unsupported_algorithm', ['RFC8725-3.1-01', 'RFC8725-3.2-01'], {
  'no alg': named(undefined),
  'an empty alg': named(''),
  'alg null': named(null),
  'a list of algs': named(['ES256']),
  'an object as alg': named({ name: 'ES256' }),
  'a number as alg': named(256),
  'alg in lower case': named('es256'),
  'alg with a space': named('ES256 '),
  'alg with a NUL': named('ES256\0'),
  'alg with a look-alike letter': named('\u0415S256'),
  'alg as a URI': named('http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'),
  'alg named like a member of objects': named('constructor'),
  'alg named like the prototype': named('__proto__'),
  'an encryption algorithm': named('RSA-OAEP'),
  'direct encryption': named('dir'),
  'RSA with SHA-1': named('RS1'),
  'an algorithm of later days': named('ML-DSA-44'),
  'the curve Ed448': named('Ed448'),
  secp256k1: (mint) => under('ES256K', 'koblitz', 'koblitz', 'ES256')(mint),
});

const confusion = refuseEdits('algorithm', 'unsupported_algorithm', ['RFC8725-3.1-01', 'RFC8725-3.5-01'], {
  'HS256 with the RSA key in PEM as secret': hmac('HS256', (mint) =>
    publicKey(mint, 'rsa').export({ type: 'spki', format: 'pem' }),
  ),
  'HS256 with the RSA key in PKCS 1': hmac('HS256', (mint) =>
    publicKey(mint, 'rsa').export({ type: 'pkcs1', format: 'pem' }),
  ),
  'HS256 with the RSA key in DER': hmac('HS256', (mint) =>
    publicKey(mint, 'rsa').export({ type: 'spki', format: 'der' }),
  ),
  'HS256 with the modulus': hmac('HS256', (mint) => Buffer.from(String(mint.key('rsa').jwk.n), 'base64url')),
  'HS256 with the JWK': hmac('HS256', (mint) => JSON.stringify(mint.key('rsa').jwk)),
  'HS384 with the RSA key in PEM': hmac('HS384', (mint) =>
    publicKey(mint, 'rsa').export({ type: 'spki', format: 'pem' }),
  ),
  'HS512 with the EC key in PEM': hmac(
    'HS512',
    (mint) => publicKey(mint, 'es256').export({ type: 'spki', format: 'pem' }),
    'es256',
  ),
  'HS256 with an empty secret': hmac('HS256', () => ''),
  'HS256 without a key identifier': hmac(
    'HS256',
    (mint) => publicKey(mint, 'rsa').export({ type: 'spki', format: 'pem' }),
    undefined,
  ),
  'HS256 with a symmetric key from the key set': hmac('HS256', () => publishedSecret, 'symmetric'),
  'HS256 with a key labelled so': hmac(
    'HS256',
    (mint) => publicKey(mint, 'labelledHmac').export({ type: 'spki', format: 'pem' }),
    'labelled-hmac',
  ),
});

const mismatch = refuseEdits('algorithm', 'unsuitable_key', ['RFC8725-3.1-01', 'RFC9068-4-03'], {
  'ES256 with an RSA key': under('ES256', 'rsa', 'es256'),
  'RS256 with an EC key': under('RS256', 'es256', 'rsa'),
  'EdDSA with an EC key': under('EdDSA', 'es256', 'ed25519'),
  'ES256 with an Ed25519 key': under('ES256', 'ed25519', 'es256'),
  'ES256 with a key of P-384': under('ES256', 'es384', 'es384'),
  'ES384 with a key of P-256': under('ES384', 'es256', 'es256'),
  'ES512 with a key of P-384': under('ES512', 'es384', 'es384'),
  'PS256 with a key for RS256': under('PS256', 'rs256-only', 'rsa'),
  'RS256 with a key for PS256': under('RS256', 'ps256-only', 'rsa'),
  'RS384 with a key for RS256': under('RS384', 'rs256-only', 'rsa'),
  'ES256 with an EC key labelled RS256': under('ES256', 'mislabelled', 'mislabelled'),
  'RS256 with an EC key labelled RS256': under('RS256', 'mislabelled', 'rsa'),
  'RS256 with a key labelled none': under('RS256', 'labelled-none', 'rsa'),
  'RS256 with a key labelled HS256': under('RS256', 'labelled-hmac', 'rsa'),
  'RS256 with a key labelled RSA-OAEP-256': under('RS256', 'labelled-encryption', 'rsa'),
});

const forged = refuseEdits('algorithm', 'invalid_signature', ['RFC8725-3.1-01', 'RFC8725-3.3-01'], {
  'PS256 named, RS256 signed': under('PS256', 'rsa', 'rsa', 'RS256'),
  'RS256 named, PS256 signed': under('RS256', 'rsa', 'rsa', 'PS256'),
  'RS512 named, RS256 signed': under('RS512', 'rsa', 'rsa', 'RS256'),
  'ES256 named, ES384 signed': under('ES256', 'es256', 'es384', 'ES384'),
  'ES256 over SHA-512': under('ES256', 'es256', 'es256', 'ES512'),
});

/** RFC 8725 §3.1, §3.2: the algorithm comes from the configuration and the key, never from the token. */
export const algorithmCases = [none, names, confusion, mismatch, forged].flat();
