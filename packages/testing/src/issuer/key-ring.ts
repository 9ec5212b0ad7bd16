import { generateKeyPair, type KeyPair, type PublicJwk, type TestAlgorithm } from './key-pair.js';

/** A key of an issuer, under the name that its tokens and its key set call it by. */
export interface IssuerKey extends KeyPair {
  readonly kid: string;
}

/** Member of a key set (RFC 7517 §4). */
export interface PublishedKey extends PublicJwk {
  readonly kid: string;
  readonly alg: TestAlgorithm;
  readonly use: 'sig';
}

/** The keys of one issuer: one signs, some are published. */
export class KeyRing {
  readonly #alg: TestAlgorithm;
  /** The newest one last: it signs. */
  #keys: readonly IssuerKey[];
  #made = 0;

  constructor(alg: TestAlgorithm) {
    this.#alg = alg;
    this.#keys = [this.#make()];
  }

  get signer(): IssuerKey {
    return this.#keys.at(-1) as IssuerKey;
  }

  get published(): readonly PublishedKey[] {
    return this.#keys.map(({ publicJwk, kid, alg }) => ({ ...publicJwk, kid, alg, use: 'sig' }));
  }

  /** A new key signs; the former ones stay published. */
  rotate(): void {
    this.#keys = [...this.#keys, this.#make()];
  }

  /** A new key signs, and is the only one that is published. */
  withdraw(): void {
    this.#keys = [this.#make()];
  }

  #make(): IssuerKey {
    return { ...generateKeyPair(this.#alg), kid: `key-${++this.#made}` };
  }
}
