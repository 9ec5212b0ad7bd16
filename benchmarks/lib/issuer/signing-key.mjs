import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

/** As text: Node 20 can stand still when it collects the job that generated a key while that very key is exported. */
const encoding = {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
};
const generate = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048, ...encoding }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256', ...encoding }),
  EdDSA: () => generateKeyPairSync('ed25519', encoding),
};

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A key pair of an issuer, with what each subject wants of it: JWK, PEM, key object. */
export function createSigningKey(alg, kid) {
  const { privateKey: pem } = generate[alg]();
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(pem);
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
