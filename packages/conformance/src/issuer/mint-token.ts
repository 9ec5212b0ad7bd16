import { createHmac, createPublicKey, randomUUID, sign } from 'node:crypto';
import type { JsonObject } from '../json.js';
import type { TokenRecipe } from '../token-recipe.js';
import { getKey, type IssuerKey } from './keys.js';
import { fillObject, fillText, type Placeholders } from './placeholders.js';
import { spoilToken } from './spoil-token.js';

/** What a recipe leaves open. */
export interface MintContext {
  /** Identifiers of the issuers, by name. */
  readonly issuers: Placeholders;
  /** `aud` of a good token. */
  readonly audience: string;
  /** `scope` of a good token. Default: what the profiles need. */
  readonly scope?: string;
  readonly nowSeconds: number;
  /** Age of a good token. Default: 10. */
  readonly ageSeconds?: number;
}

/**
 * Makes a token as a recipe says (RFC 9068 §2).
 *
 * Signs with the platform's own cryptography, because libraries refuse to make what must be refused here.
 */
export function mintToken(recipe: TokenRecipe, context: MintContext): string {
  if (recipe.literal !== undefined) return recipe.literal;
  const issuer = recipe.issuer ?? 'primary';
  const key = getKey(recipe.signer?.issuer ?? issuer, recipe.signer?.key ?? 'es256');
  const fill = (object: JsonObject) => fillObject(object, context.issuers, context.nowSeconds);
  const header = {
    alg: key.alg,
    kid: key.kid,
    typ: 'at+jwt',
    ...fill(recipe.header ?? {}),
  };
  const claims = {
    iss: context.issuers[issuer],
    aud: context.audience,
    sub: 'user-1',
    client_id: 'client-1',
    scope: context.scope ?? 'notes:read notes:write',
    iat: context.nowSeconds - (context.ageSeconds ?? 10),
    exp: context.nowSeconds + 300,
    jti: randomUUID(),
    ...fill(recipe.claims ?? {}),
  };
  const payload =
    fillText(recipe.payload ?? '', context.issuers) || JSON.stringify(omit(claims, recipe.omitClaims));
  const input = [
    encode(JSON.stringify(omit(header, recipe.omitHeader)), 'utf8'),
    encode(payload, recipe.encoding ?? 'utf8'),
  ].join('.');
  const hmac = recipe.spoil === 'hmac-with-public-key';
  const signature = hmac ? signWithPublicKey(input, key) : signInput(input, key);
  return spoilToken(`${input}.${signature}`, recipe.spoil);
}

function omit(object: Readonly<Record<string, unknown>>, names: readonly string[] = []): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

function encode(text: string, encoding: 'utf8' | 'latin1'): string {
  return Buffer.from(text, encoding).toString('base64url');
}

function signInput(input: string, { alg, privateKey }: IssuerKey): string {
  const digest = alg === 'EdDSA' ? null : 'sha256';
  return sign(digest, Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString(
    'base64url',
  );
}

/** RFC 8725 §2.1: what a verifier falls for that lets the token choose the algorithm. */
function signWithPublicKey(input: string, { privateKey }: IssuerKey): string {
  const secret = createPublicKey(privateKey).export({ format: 'pem', type: 'spki' });
  return createHmac('sha256', secret).update(input).digest('base64url');
}
