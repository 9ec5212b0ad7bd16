import { OldestFirst } from '../cache/oldest-first.js';
import type { Clock } from '../net/environment.js';
import { decodeBase64url, encodeBase64url } from '../secrets/base64url.js';
import { Keyring, tagBytes } from '../secrets/keyring.js';

/** What a nonce is worth. */
export type NonceVerdict =
  | {
      readonly kind: 'fresh';
      /** Milliseconds since the epoch: until when it is accepted. */
      readonly until: number;
      /** Whether the client should get a new one with its answer. */
      readonly isOld: boolean;
      /** What it was made with. */
      readonly era: string;
    }
  | { readonly kind: 'unusable' };

const unusable: NonceVerdict = { kind: 'unusable' };

/** How long a nonce is accepted. */
export const nonceLifetimeMs = 300_000;
/** How far the clock of another process may be ahead. Stores keep claims for so long after they end: `clockToleranceMs` in packages/redis/src/claims.ts. */
const aheadMs = 60_000;
/** Nonces whose tag was compared; a client uses one of them many times. */
const maxKnown = 10_000;

/** The time in which it was made, in milliseconds and to the base of 36, the era of the store of claims, where it has some, and a tag. */
const form = /^([0-9a-z]{6,10})(?:\.([\w-]{1,64}))?\.([\w-]{43})$/;

/**
 * Nonces for proofs (RFC 9449 §9), of which nothing is kept: each holds the time and the era in which it was made, and a tag over them and
 * the thumbprint of the key that it is for. Processes with the same secrets accept those of each other. Of an era the store of claims is
 * the judge, which alone knows what it has forgotten.
 */
export class ProofNonces {
  readonly #keyring: Keyring;
  readonly #now: Clock;
  readonly #known = new OldestFirst<string, number>();

  /** @param secrets - the first one makes, all verify */
  constructor(secrets: readonly (() => Uint8Array)[], now: Clock) {
    this.#keyring = new Keyring(secrets);
    this.#now = now;
  }

  /** @param era - of the store of claims; empty where there is none to tell */
  async make(thumbprint: string, era = ''): Promise<string> {
    const made = Math.floor(this.#now()).toString(36);
    const tag = encodeBase64url(await this.#keyring.sign(signed(made, era, thumbprint)));
    return era === '' ? `${made}.${tag}` : `${made}.${era}.${tag}`;
  }

  /** Synchronous for one that was seen before. */
  check(nonce: unknown, thumbprint: string): NonceVerdict | Promise<NonceVerdict> {
    if (typeof nonce !== 'string') return unusable;
    const [, made, era = '', text] = form.exec(nonce) ?? [];
    if (made === undefined || text === undefined) return unusable;
    const madeAt = Number.parseInt(made, 36);
    const now = this.#now();
    // Written so that a clock that is not a number accepts nothing
    if (!(madeAt <= now + aheadMs) || !(now < madeAt + nonceLifetimeMs)) return unusable;
    const fresh: NonceVerdict = {
      kind: 'fresh',
      until: madeAt + nonceLifetimeMs,
      isOld: now >= madeAt + nonceLifetimeMs / 2,
      era,
    };
    const name = `${nonce} ${thumbprint}`;
    return this.#known.has(name) ? fresh : this.#verify(name, signed(made, era, thumbprint), text, fresh);
  }

  async #verify(name: string, content: string, text: string, fresh: NonceVerdict): Promise<NonceVerdict> {
    const tag = decodeBase64url(text);
    if (tag?.length !== tagBytes || !(await this.#keyring.verify(tag, content))) return unusable;
    this.#known.add(name, this.#now());
    const oldest = this.#known.size > maxKnown ? this.#known.oldest() : undefined;
    if (oldest !== undefined) this.#known.delete(oldest.key);
    return fresh;
  }
}

function signed(made: string, era: string, thumbprint: string): string {
  return JSON.stringify(['mcp-auth dpop nonce', made, era, thumbprint]);
}
