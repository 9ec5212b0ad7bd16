import type { Facts } from './facts.js';
import type { KeyPair } from './jwk-material.js';
import type { KeyName, KeyRing } from './key-ring.js';
import { signWith, type Signer } from './signatures.js';

/** Members to set; `undefined` takes a member away. */
export type Edits = Readonly<Record<string, unknown>>;

/** How a token differs from a good one. */
export interface TokenOptions {
  /** Whose key signs. Default: `es256`. */
  readonly key?: KeyName;
  /** Algorithm that signs and that the header names. Default: the usual one of the key. */
  readonly alg?: string;
  readonly header?: Edits;
  readonly claims?: Edits;
  /** Members appended to the claims as JSON text, for what `JSON.stringify` cannot write. */
  readonly rawClaims?: string;
  /** Instead of the whole header, or of the whole claims set. */
  readonly headerText?: string | Uint8Array;
  readonly payload?: string | Uint8Array;
  /** Signs instead of the key. */
  readonly sign?: Signer;
}

/** Makes the tokens of the corpus: good ones, and ones that differ in a single point. */
export class Mint {
  readonly facts: Facts;
  readonly ring: KeyRing;
  #serial = 0;

  constructor(facts: Facts, ring: KeyRing) {
    this.facts = facts;
    this.ring = ring;
  }

  key(name: KeyName): KeyPair {
    return this.ring.keys[name];
  }

  /** The claims of a good access token (RFC 9068 §2.2), edited. */
  claims(edits: Edits = {}): Record<string, unknown> {
    const { issuer, resource, scope, now } = this.facts;
    this.#serial += 1;
    const good = {
      iss: issuer,
      aud: resource,
      sub: 'subject-of-the-corpus',
      client_id: 'client-of-the-corpus',
      scope,
      // More than a minute before any fetch: a key set that lacks the key settles that there is none
      iat: now - 90,
      exp: now + 300,
      jti: `identifier-${this.#serial}`,
    };
    return edit(good, edits);
  }

  token(options: TokenOptions = {}): string {
    const { key = 'es256', header = {}, claims, rawClaims } = options;
    const { privateKey, jwk } = this.ring.keys[key];
    const alg = options.alg ?? usualAlgorithm(jwk);
    const goodHeader = { alg, kid: jwk.kid, typ: 'at+jwt' };
    const headerText = options.headerText ?? JSON.stringify(edit(goodHeader, header));
    const json = JSON.stringify(this.claims(claims));
    const payload =
      options.payload ?? (rawClaims === undefined ? json : `${json.slice(0, -1)},${rawClaims}}`);
    return compact(headerText, payload, options.sign ?? signWith(privateKey, alg));
  }

  /** The three segments of a good token, to be put together in other ways. */
  parts(options: TokenOptions = {}): [header: string, claims: string, signature: string] {
    return this.token(options).split('.') as [string, string, string];
  }
}

export function encode(text: string | Uint8Array): string {
  return Buffer.from(text as string).toString('base64url');
}

/** RFC 7515 §7.1. */
export function compact(header: string | Uint8Array, payload: string | Uint8Array, sign: Signer): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${encode(sign(Buffer.from(input)))}`;
}

function edit(members: Record<string, unknown>, edits: Edits): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries({ ...members, ...edits }).filter(([, value]) => value !== undefined),
  );
}

function usualAlgorithm(jwk: Readonly<Record<string, unknown>>): string {
  switch (jwk.crv) {
    case undefined:
      return typeof jwk.alg === 'string' && /^[RP]S/.test(jwk.alg) ? jwk.alg : 'RS256';
    case 'P-384':
      return 'ES384';
    case 'P-521':
      return 'ES512';
    case 'Ed25519':
      return 'EdDSA';
    default:
      return 'ES256';
  }
}
