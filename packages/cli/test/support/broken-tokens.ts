import { createKey, signBytes, type SigningKey } from '../../../core/test/support/keys.js';
import { createClock } from '../../../core/test/support/clock.js';
import { protect, resource, type Protected } from '../../../core/test/support/protect.js';

/** Keys that tokens of the tests are signed with. */
type KeyName = 'known' | 'stranger' | 'encryption' | 'small';

/** What is wrong with a token. */
export interface Flaw {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: KeyName;
  readonly spoil?: (token: string) => string;
}

/** A resource behind a gate, what a token is explained with for it, and tokens for both. */
export interface Bench {
  readonly now: Date;
  /** For `--config`. */
  readonly config: object;
  mint(flaws: readonly Flaw[]): Promise<string>;
  /** The code that the owner of the gate hears, or `accepted`. */
  ask(token: string): Promise<string>;
}

export const issuer = 'https://as.example.com';
const requiredScopes = ['read'];
const jwtVerify = { requiredClaims: ['client_id'] };

/** The flaws, with the code by which the gate names each. */
export function listFlaws(nowSeconds: number): readonly (readonly [string, string, Flaw])[] {
  return [
    ['two tokens', 'malformed_credentials', { spoil: (token) => `${token} ${token}` }],
    ['a comma behind it', 'malformed_credentials', { spoil: (token) => `${token},` }],
    [
      'a line break in it',
      'malformed_credentials',
      { spoil: (token) => `${token.slice(0, 40)}\n${token.slice(40)}` },
    ],
    ['too long', 'token_too_large', { spoil: (token) => token + 'A'.repeat(16_384) }],
    ['opaque', 'malformed_token', { spoil: () => 'gho_16C7e42F292c6912E7710c838347Ae178B4a' }],
    ['cut short', 'malformed_token', { spoil: (token) => token.slice(0, token.lastIndexOf('.')) }],
    ['padded', 'malformed_token', { spoil: (token) => `${token}=` }],
    ['no signature', 'malformed_token', { spoil: (token) => token.slice(0, token.lastIndexOf('.') + 1) }],
    ['encrypted', 'encrypted_token', { spoil: (token) => `${token}.A.A` }],
    ['alg none', 'unsupported_algorithm', { header: { alg: 'none' } }],
    ['a shared secret', 'unsupported_algorithm', { header: { alg: 'HS256' } }],
    ['a logout token by its type', 'unsupported_type', { header: { typ: 'logout+jwt' } }],
    ['a proof', 'unsupported_type', { header: { typ: 'dpop+jwt' } }],
    ['an extension', 'critical_header', { header: { crit: ['urn:example:x'], 'urn:example:x': true } }],
    ['an issuer with a slash', 'untrusted_issuer', { claims: { iss: `${issuer}/` } }],
    ['no issuer', 'missing_issuer', { claims: { iss: undefined } }],
    ['an issuer that is no text', 'missing_issuer', { claims: { iss: 7 } }],
    ['the signature of a stranger', 'invalid_signature', { key: 'stranger' }],
    ['another key id', 'unknown_key', { header: { kid: 'rotated-out' } }],
    ['a key for encryption', 'unsuitable_key', { key: 'encryption' }],
    ['an ID token', 'not_an_access_token', { claims: { nonce: 'n', at_hash: 'x' } }],
    [
      'a logout token',
      'not_an_access_token',
      { claims: { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } } },
    ],
    ['expired', 'token_expired', { claims: { exp: nowSeconds - 3600 } }],
    ['no expiry', 'missing_claim', { claims: { exp: undefined } }],
    ['milliseconds', 'invalid_claim', { claims: { exp: (nowSeconds + 3600) * 1000 } }],
    ['an expiry that is text', 'invalid_claim', { claims: { exp: String(nowSeconds + 3600) } }],
    ['not yet valid', 'token_not_yet_valid', { claims: { nbf: nowSeconds + 3600 } }],
    ['issued in the future', 'issued_in_future', { claims: { iat: nowSeconds + 3600 } }],
    ['a subject that is a number', 'invalid_claim', { claims: { sub: 1 } }],
    ['no client', 'missing_claim', { claims: { client_id: undefined } }],
    ['bound to a key', 'sender_constrained', { claims: { cnf: { jkt: 'x' } } }],
    ['another resource', 'wrong_audience', { claims: { aud: 'https://api.example.com/other' } }],
    ['the resource with a slash', 'wrong_audience', { claims: { aud: `${resource}/` } }],
    ['the client as audience', 'wrong_audience', { claims: { aud: 'c' } }],
    ['no audience', 'missing_audience', { claims: { aud: undefined } }],
    ['an empty audience', 'missing_audience', { claims: { aud: [] } }],
    ['an audience of numbers', 'invalid_claim', { claims: { aud: [1] } }],
    ['too little scope', 'insufficient_scope', { claims: { scope: 'write' } }],
    ['no scope', 'insufficient_scope', { claims: { scope: undefined } }],
  ];
}

export async function createBench(): Promise<Bench> {
  const clock = createClock();
  const keys: Record<KeyName, SigningKey> = {
    known: await createKey({ kid: 'known' }),
    stranger: await createKey({ kid: 'known' }),
    encryption: await createKey({ kid: 'encryption', published: { use: 'enc' } }),
    small: await createKey({ kid: 'nobody' }),
  };
  const server = { issuer, jwks: { keys: [keys.known.publicJwk, keys.encryption.publicJwk] } };
  const gate: Protected = await protect({
    clock,
    servers: () => [server],
    options: { requiredScopes, jwtVerify: { ...jwtVerify, currentDate: new Date(clock.now()) } },
  });
  return {
    now: new Date(clock.now()),
    config: { resource, authorizationServers: [server], requiredScopes, jwtVerify },
    mint: async (flaws) => {
      const key = keys[flaws.findLast((flaw) => flaw.key !== undefined)?.key ?? 'known'];
      const good = {
        iss: issuer,
        aud: resource,
        sub: 'u',
        client_id: 'c',
        scope: 'read',
        exp: clock.seconds() + 3600,
      };
      const header = { alg: 'ES256', kid: key.kid, typ: 'at+jwt' };
      const claims = Object.assign(good, ...flaws.map((flaw) => flaw.claims)) as object;
      const token = await signBytes(
        key,
        Object.assign(header, ...flaws.map((flaw) => flaw.header)) as never,
        claims,
      );
      return flaws.reduce((text, { spoil = (same: string) => same }) => spoil(text), token);
    },
    ask: async (token) => {
      gate.events.length = 0;
      const { kind } = await gate.ask(token);
      const event = gate.events.findLast(({ type }) => type === 'decision');
      if (kind === 'allow') return 'accepted';
      return event?.type === 'decision' && event.outcome === 'deny' ? event.code : 'unheard';
    },
  };
}
