import type { Unavailable } from '../errors/auth-server-error.js';
import type { KeyLookup, KeyQuery, KeySource } from '../keys/key-source.js';
import type { PublicJwk } from '../keys/public-jwk.js';

/** Why there are none to look among. */
export type NoKeys = Extract<KeyLookup, { kind: 'unavailable' | 'unknown' }>;

/** @param now - a reading of the clock, where one was taken */
type ResolveKeys = (now?: number) => KeySource | NoKeys | Promise<KeySource | NoKeys>;

/** The keys of a server whose metadata says where they are: they are looked for once that is known. */
export class DiscoveredKeys implements KeySource {
  readonly #resolve: ResolveKeys;

  constructor(resolve: ResolveKeys) {
    this.#resolve = resolve;
  }

  lookup(query: KeyQuery): KeyLookup | Promise<KeyLookup> {
    return this.#ask((found) => ('kind' in found ? found : found.lookup(query)));
  }

  lookupAgain(
    query: KeyQuery,
    tried: readonly PublicJwk[],
    since?: number,
  ): readonly PublicJwk[] | Promise<readonly PublicJwk[]> {
    return this.#ask((found) => ('kind' in found ? [] : found.lookupAgain(query, tried, since)));
  }

  findDoubt(query: KeyQuery, since: number): Unavailable | undefined | Promise<Unavailable | undefined> {
    return this.#ask((found) => {
      if (!('kind' in found)) return found.findDoubt(query, since);
      return found.kind === 'unavailable' ? found : undefined;
    });
  }

  holds(key: PublicJwk, now?: number): boolean {
    const source = this.#resolve(now);
    return !(source instanceof Promise) && !('kind' in source) && source.holds(key, now);
  }

  isWithdrawn(key: PublicJwk): boolean {
    const source = this.#resolve();
    return !(source instanceof Promise) && !('kind' in source) && source.isWithdrawn(key);
  }

  async ready(): Promise<void> {
    const source = await this.#resolve();
    if (!('kind' in source)) await source.ready();
    else if (source.kind === 'unavailable') throw source.error;
  }

  /** Without waiting where the metadata is there. */
  #ask<Answer>(question: (found: KeySource | NoKeys) => Answer | Promise<Answer>): Answer | Promise<Answer> {
    const found = this.#resolve();
    return found instanceof Promise ? found.then(question) : question(found);
  }
}
