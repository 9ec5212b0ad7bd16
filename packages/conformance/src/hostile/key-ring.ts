import {
  createEcKey,
  createEdKey,
  createRsaKey,
  publishAs,
  type KeyPair,
  type PublishedJwk,
} from './jwk-material.js';

/** Keys that sign the tokens of the corpus. */
export type KeyName = keyof ReturnType<typeof createKeys>;

/** All keys of one run, generated once. */
export interface KeyRing {
  readonly keys: Readonly<Record<KeyName, KeyPair>>;
  /** What the first issuer publishes: sound keys, and among them every kind that must not verify anything. */
  readonly published: readonly PublishedJwk[];
}

/** The secret of the symmetric key that the first issuer publishes by mistake. */
export const publishedSecret = Buffer.from('a secret that everyone can read, 32 bytes at least');

export function createKeyRing(): KeyRing {
  const keys = createKeys();
  return { keys, published: [...soundKeys(keys), ...trapKeys(keys)] };
}

function createKeys() {
  const rsa = createRsaKey(2048, { kid: 'rsa', use: 'sig' });
  return {
    es256: createEcKey('P-256', { kid: 'es256', alg: 'ES256', use: 'sig' }),
    es384: createEcKey('P-384', { kid: 'es384', alg: 'ES384', use: 'sig' }),
    es512: createEcKey('P-521', { kid: 'es512', alg: 'ES512', use: 'sig' }),
    ed25519: createEdKey({ kid: 'ed25519', use: 'sig' }),
    rsa,
    rs256Only: publishAs(rsa, { kid: 'rs256-only', alg: 'RS256' }),
    ps256Only: publishAs(rsa, { kid: 'ps256-only', alg: 'PS256' }),
    twinEc: createEcKey('P-256', { kid: 'twin' }),
    twinEd: createEdKey({ kid: 'twin' }),
    encryption: createEcKey('P-256', { kid: 'encryption', use: 'enc' }),
    signOnly: createEcKey('P-256', { kid: 'sign-only', key_ops: ['sign'] }),
    wrapOnly: publishAs(rsa, { kid: 'wrap-only', key_ops: ['encrypt', 'wrapKey'] }),
    mislabelled: createEcKey('P-256', { kid: 'mislabelled', alg: 'RS256' }),
    labelledNone: publishAs(rsa, { kid: 'labelled-none', alg: 'none' }),
    labelledHmac: publishAs(rsa, { kid: 'labelled-hmac', alg: 'HS256' }),
    labelledEncryption: publishAs(rsa, { kid: 'labelled-encryption', alg: 'RSA-OAEP-256' }),
    weakRsa: createRsaKey(1024, { kid: 'weak-rsa', alg: 'RS256', use: 'sig' }),
    koblitz: createEcKey('secp256k1', { kid: 'koblitz', use: 'sig' }),
    leaked: createEcKey('P-256', { kid: 'leaked', use: 'sig' }),
    second: createEcKey('P-256', {}),
    attackerEc: createEcKey('P-256', { kid: 'es256', alg: 'ES256', use: 'sig' }),
    attackerRsa: createRsaKey(2048, { kid: 'rsa', use: 'sig' }),
  };
}

type Keys = ReturnType<typeof createKeys>;

function soundKeys(keys: Keys): readonly PublishedJwk[] {
  const { es256, es384, es512, ed25519, rsa, rs256Only, ps256Only, twinEc, twinEd } = keys;
  return [es256, es384, es512, ed25519, rsa, rs256Only, ps256Only, twinEc, twinEd].map(({ jwk }) => jwk);
}

/** Entries that a relying party must read past or must not verify with (RFC 7517 §4, §5; RFC 8725 §3.4, §3.5). */
function trapKeys(keys: Keys): readonly PublishedJwk[] {
  const { encryption, signOnly, wrapOnly, mislabelled, labelledNone, labelledHmac, labelledEncryption } =
    keys;
  const { weakRsa, koblitz } = keys;
  return [
    ...[encryption, signOnly, wrapOnly, mislabelled, labelledNone, labelledHmac, labelledEncryption].map(
      ({ jwk }) => jwk,
    ),
    ...[weakRsa, koblitz].map(({ jwk }) => jwk),
    { kty: 'oct', kid: 'symmetric', alg: 'HS256', use: 'sig', k: publishedSecret.toString('base64url') },
    { ...keys.leaked.privateKey.export({ format: 'jwk' }), kid: 'leaked', use: 'sig' },
    { ...keys.rsa.jwk, kid: 'exponent-one', e: 'AQ' },
    { ...weakRsa.jwk, kid: 'padded-modulus', n: padModulus(String(weakRsa.jwk.n)) },
    { ...keys.es256.jwk, kid: 'off-curve', y: keys.es256.jwk.x },
    { kty: 'OKP', crv: 'Ed25519', kid: 'small-order', x: smallOrderPoint.toString('base64url') },
    { kty: 'OKP', crv: 'Ed25519', kid: 'small-order-alias', x: smallOrderAlias.toString('base64url') },
    { kty: 'OKP', crv: 'X25519', kid: 'agreement', x: keys.ed25519.jwk.x },
    { kty: 'EC', kid: 'no-point', crv: 'P-256' },
    { ...keys.es256.jwk, kid: 7 },
    { kty: 'AKP', kid: 'unheard-of', alg: 'ML-DSA-44', pub: 'AAAA' },
  ];
}

/** RFC 8032 §5.1.4: the neutral element, under which one signature fits every message. */
export const smallOrderPoint = Buffer.from(`01${'00'.repeat(31)}`, 'hex');

/** The same point, written with a coordinate beyond the field's prime. */
const smallOrderAlias = Buffer.from(`ee${'ff'.repeat(30)}7f`, 'hex');

/** 1024 bits that look like 2048 to whoever counts characters. */
function padModulus(modulus: string): string {
  return Buffer.concat([Buffer.alloc(128), Buffer.from(modulus, 'base64url')]).toString('base64url');
}
