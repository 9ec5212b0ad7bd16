import { OldestFirst } from '../cache/oldest-first.js';

/** About 8 MB. */
const maxTokens = 50_000;

/** Fewer than open a circuit breaker, and more than an endpoint under load gives one token by chance. */
const errorsToForget = 3;

/**
 * Tokens that were active when the endpoint last answered about them, by the digest that a cache would keep them under; what was used
 * longest ago is forgotten first.
 */
export class SeenTokens {
  /** With the errors in a row of each. */
  readonly #errors = new OldestFirst<string, number>();

  has(key: string): boolean {
    return this.#errors.has(key);
  }

  /** Remembers a token, or that it was active again. */
  add(key: string): void {
    this.#errors.add(key, 0);
    const oldest = this.#errors.size > maxTokens ? this.#errors.oldest() : undefined;
    if (oldest !== undefined) this.#errors.delete(oldest.key);
  }

  /** Forgets a token: whoever holds on to one that was withdrawn has no claim on the place of those that are good. */
  delete(key: string): void {
    this.#errors.delete(key);
  }

  /** Notes that the endpoint answered with an error, and forgets a token that gets nothing else. */
  fail(key: string): void {
    const errors = this.#errors.get(key);
    if (errors === undefined) return;
    if (errors + 1 < errorsToForget) this.#errors.update(key, errors + 1);
    else this.#errors.delete(key);
  }
}
