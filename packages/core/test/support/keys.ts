import { CompactSign, exportJWK, importPKCS8, importSPKI, type CryptoKey, type JWK } from 'jose';
import { generatePem } from './generate-pem.js';
import { encodeJson } from './jwt.js';

/** A key pair of a test issuer. */
export interface SigningKey {
  readonly alg: string;
  readonly kid: string | undefined;
  /** As a key set publishes it. */
  readonly publicJwk: JWK;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

export interface SigningKeyOptions {
  readonly alg?: string;
  readonly kid?: string | null;
  /** Members to add to the published key; `undefined` removes one. */
  readonly published?: Readonly<Record<string, unknown>>;
}

let created = 0;

export async function createKey(options: SigningKeyOptions = {}): Promise<SigningKey> {
  const { alg = 'ES256', published } = options;
  const kid = options.kid === null ? undefined : (options.kid ?? `key-${++created}`);
  const pem = generatePem(alg);
  const privateKey = await importPKCS8(pem.privateKey, alg, { extractable: true });
  const publicKey = await importSPKI(pem.publicKey, alg, { extractable: true });
  const publicJwk = {
    ...(await exportJWK(publicKey)),
    alg,
    use: 'sig',
    ...(kid === undefined ? {} : { kid }),
    ...published,
  };
  return { alg, kid, publicKey, privateKey, publicJwk: JSON.parse(JSON.stringify(publicJwk)) as JWK };
}

/** Signs claims that no token library would sign, under a header that no token library would write. */
export async function signRaw(
  key: SigningKey,
  claims: unknown,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const payload = typeof claims === 'string' ? claims : JSON.stringify(claims);
  const protectedHeader = {
    alg: key.alg,
    ...(key.kid === undefined ? {} : { kid: key.kid }),
    typ: 'at+jwt',
    ...header,
  };
  const written = JSON.parse(JSON.stringify(protectedHeader)) as { alg: string };
  return new CompactSign(new TextEncoder().encode(payload)).setProtectedHeader(written).sign(key.privateKey);
}

/** A signature over exactly these header bytes, for headers that jose refuses to sign. */
export async function signBytes(
  key: SigningKey,
  header: Readonly<Record<string, unknown>> | string,
  claims: unknown,
): Promise<string> {
  const input = `${encodeJson(header)}.${encodeJson(claims)}`;
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  const signature = await crypto.subtle.sign(algorithm, key.privateKey, new TextEncoder().encode(input));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}
