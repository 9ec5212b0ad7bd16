import type { Unavailable } from '../errors/auth-server-error.js';
import type { KeyLookup, KeyQuery, KeySource } from '../keys/key-source.js';
import type { PublicJwk } from '../keys/public-jwk.js';

/** Why there are none to look among. */
export type NoKeys = Extract<KeyLookup, { kind: 'unavailable' | 'unknown' }>;

/** The keys of a server whose metadata says where they are: they are looked for once that is known. */
export class DiscoveredKeys implements KeySource {
  readonly #resolve: () => KeySource | NoKeys | Promise<KeySource | NoKeys>;

  constructor(resolve: () => KeySource | NoKeys | Promise<KeySource | NoKeys>) {
    this.#resolve = resolve;
  }

  lookup(query: KeyQuery): KeyLookup | Promise<KeyLookup> {
    const source = this.#resolve();
    if (source instanceof Promise)
      return source.then((found) => ('kind' in found ? found : found.lookup(query)));
    return 'kind' in source ? source : source.lookup(query);
  }

  async lookupAgain(
    query: KeyQuery,
    tried: readonly PublicJwk[],
    since?: number,
  ): Promise<readonly PublicJwk[]> {
    const source = await this.#resolve();
    return 'kind' in source ? [] : source.lookupAgain(query, tried, since);
  }

  async findDoubt(query: KeyQuery, since: number): Promise<Unavailable | undefined> {
    const source = await this.#resolve();
    if (!('kind' in source)) return source.findDoubt(query, since);
    return source.kind === 'unavailable' ? source : undefined;
  }

  holds(key: PublicJwk): boolean {
    const source = this.#resolve();
    return !(source instanceof Promise) && !('kind' in source) && source.holds(key);
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
}
