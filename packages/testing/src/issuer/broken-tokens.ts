import { createPublicKey } from 'node:crypto';
import { CompactSign } from 'jose';
import type { IssuerKey } from './key-ring.js';
import { generateKeyPair, thumbprintOf } from './key-pair.js';
import { encodePart, signToken } from './sign.js';
import type { UnsignedToken } from './token-options.js';

/**
 * Tokens that a protected server must refuse, each with one fault:
 *
 * - time: `expired`, `notYetValid`, `issuedInFuture`, `noExpiry`, `expiryInMilliseconds`
 * - whom it is for: `wrongAudience`, `noAudience`
 * - who issued it: `wrongIssuer`, `noIssuer`
 * - signature: `strangersKey`, `keyInHeader`, `algNone`, `hmacWithPublicKey`, `altered`, `noSignature`
 * - kind: `idToken`, `logoutToken`, `refreshToken`, `otherType`
 * - other: `crit` (an extension that nobody knows), `boundToAnotherKey` (a key that its sender does not have)
 */
export type BrokenTokenName =
  | 'expired'
  | 'notYetValid'
  | 'issuedInFuture'
  | 'noExpiry'
  | 'expiryInMilliseconds'
  | 'wrongAudience'
  | 'noAudience'
  | 'wrongIssuer'
  | 'noIssuer'
  | 'strangersKey'
  | 'keyInHeader'
  | 'algNone'
  | 'hmacWithPublicKey'
  | 'altered'
  | 'noSignature'
  | 'idToken'
  | 'logoutToken'
  | 'refreshToken'
  | 'otherType'
  | 'crit'
  | 'boundToAnotherKey';

interface Surroundings {
  readonly key: IssuerKey;
  readonly nowSeconds: number;
}

type Breaker = (token: UnsignedToken, surroundings: Surroundings) => Promise<string>;

const hour = 3600;

/** Signed by the issuer, with these claims instead. */
const withClaims =
  (change: (nowSeconds: number) => Readonly<Record<string, unknown>>): Breaker =>
  ({ header, claims }, { key, nowSeconds }) =>
    signToken({ header, claims: { ...claims, ...change(nowSeconds) } }, key);

/** Signed by the issuer, with these members of the header instead. */
const withHeader =
  (change: Readonly<Record<string, unknown>>): Breaker =>
  ({ header, claims }, { key }) =>
    signToken({ header: { ...header, ...change }, claims }, key);

/** Signed by a key that the issuer has never published, under the name of one that it has. */
const byStranger =
  (showsKey: boolean): Breaker =>
  ({ header, claims }, { key }) => {
    const unpublished = generateKeyPair(key.alg);
    const shown = showsKey ? { jwk: unpublished.publicJwk } : {};
    return signToken({ header: { ...header, ...shown }, claims }, { ...unpublished, kid: key.kid });
  };

const breakers: Readonly<Record<BrokenTokenName, Breaker>> = {
  expired: withClaims((now) => ({ iat: now - 2 * hour, exp: now - hour })),
  notYetValid: withClaims((now) => ({ nbf: now + hour, exp: now + 2 * hour })),
  issuedInFuture: withClaims((now) => ({ iat: now + hour, exp: now + 2 * hour })),
  noExpiry: withClaims(() => ({ exp: undefined })),
  expiryInMilliseconds: withClaims((now) => ({ exp: (now + hour) * 1000 })),
  wrongAudience: withClaims(() => ({ aud: 'https://another-server.test/mcp' })),
  noAudience: withClaims(() => ({ aud: undefined })),
  wrongIssuer: withClaims(() => ({ iss: 'https://another-issuer.test' })),
  noIssuer: withClaims(() => ({ iss: undefined })),
  strangersKey: byStranger(false),
  keyInHeader: byStranger(true),
  algNone: ({ header, claims }) =>
    Promise.resolve(`${encodePart({ ...header, alg: 'none' })}.${encodePart(claims)}.`),
  hmacWithPublicKey: signWithPublicKey,
  altered: async (token, { key }) => {
    const [header, , signature] = (await signToken(token, key)).split('.');
    return `${header}.${encodePart({ ...token.claims, sub: 'someone-else' })}.${signature}`;
  },
  noSignature: async (token, { key }) => {
    const signed = await signToken(token, key);
    return signed.slice(0, signed.lastIndexOf('.') + 1);
  },
  // OpenID Connect Core §2: what only an ID token has
  idToken: async ({ header, claims }, { key }) =>
    signToken(
      { header: { ...header, typ: 'JWT' }, claims: { ...claims, nonce: 'n-1', at_hash: 'aGFzaA' } },
      key,
    ),
  // OpenID Connect Back-Channel Logout §2.4
  logoutToken: withClaims(() => ({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} } })),
  refreshToken: withClaims(() => ({ typ: 'Refresh' })),
  otherType: withHeader({ typ: 'dpop+jwt' }),
  // RFC 7515 §4.1.11
  crit: withHeader({ crit: ['urn:example:unknown'], 'urn:example:unknown': true }),
  boundToAnotherKey: withClaims(() => ({ cnf: { jkt: thumbprintOf(generateKeyPair('ES256').publicJwk) } })),
};

/** RFC 8725 §2.1: what a verifier falls for that lets the token choose the algorithm. */
async function signWithPublicKey({ header, claims }: UnsignedToken, { key }: Surroundings): Promise<string> {
  const secret = createPublicKey(key.privateKey).export({ format: 'pem', type: 'spki' });
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ ...header, alg: 'HS256', kid: key.kid })
    .sign(new TextEncoder().encode(String(secret)));
}

/**
 * The names of all broken tokens, for a test of each.
 *
 * @see RFC 8725 §2
 * @example
 * ```ts
 * import { brokenTokenNames, createTestIssuer } from '@mcp-auth/testing';
 *
 * const issuer = createTestIssuer({ audience: 'https://api.example.com/mcp' });
 * for (const name of brokenTokenNames) console.log(name, (await issuer.mintBrokenToken(name)).length);
 * ```
 */
export const brokenTokenNames = Object.keys(breakers) as readonly BrokenTokenName[];

/**
 * Those of which the issuer itself says at introspection that they are active (RFC 7662 §2.2), for it has issued them: that they are not for
 * this server, or not for whoever sends them, only the server can tell.
 */
export const activeNames: ReadonlySet<BrokenTokenName> = new Set<BrokenTokenName>([
  'issuedInFuture',
  'noExpiry',
  'expiryInMilliseconds',
  'wrongAudience',
  'noAudience',
  'wrongIssuer',
  'boundToAnotherKey',
]);

/** The token with the fault of that name. */
export async function breakToken(
  name: BrokenTokenName,
  token: UnsignedToken,
  surroundings: Surroundings,
): Promise<string> {
  if (!Object.hasOwn(breakers, name)) {
    throw new TypeError(`mintBrokenToken takes one of these names: ${brokenTokenNames.join(', ')}.`);
  }
  return breakers[name](token, surroundings);
}
