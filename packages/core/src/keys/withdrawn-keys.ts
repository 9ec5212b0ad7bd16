import type { PublicJwk } from './public-jwk.js';

/** Ten times what one key set may hold. */
const maxRemembered = 1000;
/** Real identifiers are thumbprints or shorter; longer ones are not worth the memory. */
const maxIdLength = 256;

/** Key identifiers that an issuer published once and publishes no more; the oldest are forgotten. */
export class WithdrawnKeys {
  readonly #ids = new Set<string>();

  has(kid: string | undefined): boolean {
    return kid !== undefined && this.#ids.has(kid);
  }

  /** Notes which identifiers went when one set took the place of another. One that came back is as good as new. */
  replace(former: readonly PublicJwk[], current: readonly PublicJwk[]): void {
    for (const { kid } of former) {
      if (kid === undefined || kid.length > maxIdLength) continue;
      this.#ids.delete(kid);
      this.#ids.add(kid);
    }
    for (const { kid } of current) if (kid !== undefined) this.#ids.delete(kid);
    for (const oldest of this.#ids) {
      if (this.#ids.size <= maxRemembered) break;
      this.#ids.delete(oldest);
    }
  }
}
