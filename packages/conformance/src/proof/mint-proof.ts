import { constants, createHash, createHmac, createPublicKey, randomBytes, sign } from 'node:crypto';
import { fillObject, fillText, type Placeholders } from '../issuer/placeholders.js';
import type { ProofRecipe, ProofSpoiling } from '../proof-recipe.js';
import { getSenderKey, type SenderKey } from './sender-keys.js';

/** What a recipe leaves open. */
export interface ProofContext {
  readonly method: string;
  /** The URL that clients use. */
  readonly url: string;
  readonly token: string;
  readonly nowSeconds: number;
  readonly placeholders: Placeholders;
}

/** Makes a proof as a recipe says (RFC 9449 §4.2), with the platform's own cryptography. */
export function mintProof(recipe: ProofRecipe, context: ProofContext): string {
  const { method, url, token, nowSeconds, placeholders } = context;
  if (recipe.literal !== undefined) return fillText(recipe.literal, placeholders);
  const key = getSenderKey(recipe.key ?? 'holder');
  const shown = getSenderKey(recipe.shownKey ?? recipe.key ?? 'holder');
  const own = recipe.showsPrivateKey === true ? shown.privateKey.export({ format: 'jwk' }) : shown.publicJwk;
  const fill = (object: NonNullable<ProofRecipe['claims']>) => fillObject(object, placeholders, nowSeconds);
  const header = {
    typ: 'dpop+jwt',
    alg: key.alg,
    jwk: reorder({ ...own, ...fill(recipe.jwk ?? {}) }, recipe.jwkOrder),
    ...fill(recipe.header ?? {}),
  };
  const claims = {
    jti: randomBytes(16).toString('base64url'),
    htm: method,
    htu: url,
    iat: nowSeconds,
    ath: hashToken(token, recipe.ath),
    ...fill(recipe.claims ?? {}),
  };
  const input = [omit(header, recipe.omitHeader), recipe.payload ?? omit(claims, recipe.omitClaims)]
    .map((part) => Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url'))
    .join('.');
  return spoil(
    input,
    recipe.spoil === 'hmac-with-public-key' ? signAsSecret(input, key) : signInput(input, key),
    recipe.spoil,
  );
}

/** The same object with these members in front. */
function reorder(object: Readonly<Record<string, unknown>>, names: readonly string[] = []): object {
  return { ...Object.fromEntries(names.map((name) => [name, object[name]])), ...object };
}

function omit(object: Readonly<Record<string, unknown>>, names: readonly string[] = []): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

function hashToken(token: string, form: ProofRecipe['ath']): string {
  const hash = createHash('sha256').update(form === 'with-scheme' ? `DPoP ${token}` : token);
  switch (form) {
    case 'hex':
      return hash.digest('hex');
    case 'padded':
      return `${hash.digest('base64url')}=`;
    case 'base64':
      return hash.digest('base64');
    default:
      return hash.digest('base64url');
  }
}

function signInput(input: string, { alg, privateKey }: SenderKey): string {
  const digest = { ES256: 'sha256', ES384: 'sha384', PS256: 'sha256', EdDSA: null }[alg];
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const options = alg === 'PS256' ? pss : { dsaEncoding: 'ieee-p1363' as const };
  return sign(digest, Buffer.from(input), { key: privateKey, ...options }).toString('base64url');
}

/** RFC 8725 §2.1: what a verifier falls for that lets the proof choose the algorithm. */
function signAsSecret(input: string, { privateKey }: SenderKey): string {
  const secret = createPublicKey(privateKey).export({ format: 'pem', type: 'spki' });
  return createHmac('sha256', secret).update(input).digest('base64url');
}

function spoil(input: string, signature: string, how: ProofSpoiling | undefined): string {
  const [header = '', claims = ''] = input.split('.');
  switch (how) {
    case 'flip-signature': {
      const bytes = Buffer.from(signature, 'base64url');
      bytes.writeUInt8(bytes.readUInt8(8) ^ 0x10, 8);
      return `${input}.${bytes.toString('base64url')}`;
    }
    case 'swap-claims': {
      const changed = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;
      const payload = JSON.stringify({ ...changed, jti: 'another' });
      return `${header}.${Buffer.from(payload).toString('base64url')}.${signature}`;
    }
    case 'empty-signature':
      return `${input}.`;
    case 'five-segments':
      return `${header}.${claims}.${claims}.${claims}.${signature}`;
    case 'json':
      return JSON.stringify({ protected: header, payload: claims, signature });
    default:
      return `${input}.${signature}`;
  }
}
