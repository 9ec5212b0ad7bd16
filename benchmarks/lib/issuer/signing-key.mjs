import { generateKeyPairSync, sign } from 'node:crypto';

const generate = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A key pair of an issuer, with what each subject wants of it: JWK, PEM, key object. */
export function createSigningKey(alg, kid) {
  const { publicKey, privateKey } = generate[alg]();
  const signer = { key: privateKey, dsaEncoding: 'ieee-p1363' };
  const digest = alg === 'EdDSA' ? null : 'sha256';
  return {
    alg,
    kid,
    digest,
    publicKey,
    jwk: { ...publicKey.export({ format: 'jwk' }), alg, kid, use: 'sig' },
    pem: publicKey.export({ format: 'pem', type: 'spki' }),
    /** A JWS in compact serialization. */
    sign(claims, header = {}) {
      const input = `${encode({ alg, typ: 'at+jwt', kid, ...header })}.${encode(claims)}`;
      return `${input}.${sign(digest, Buffer.from(input), signer).toString('base64url')}`;
    },
  };
}
