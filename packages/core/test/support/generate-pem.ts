import { generateKeyPairSync, type ED25519KeyPairOptions } from 'node:crypto';

const encoding: ED25519KeyPairOptions<'pem', 'pem'> = {
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
};

const curves: Readonly<Record<string, string>> = { ES256: 'P-256', ES384: 'P-384', ES512: 'P-521' };

/**
 * A key pair for an algorithm, as text: Node 20 can stand still for ever when it collects the job that generated a key while
 * that very key is exported.
 */
export function generatePem(alg: string): { readonly publicKey: string; readonly privateKey: string } {
  const namedCurve = curves[alg];
  if (namedCurve !== undefined) return generateKeyPairSync('ec', { namedCurve, ...encoding });
  if (alg === 'EdDSA' || alg === 'Ed25519') return generateKeyPairSync('ed25519', encoding);
  return generateKeyPairSync('rsa', { modulusLength: 2048, ...encoding });
}
