/** About 5 MB. */
const maxTokens = 50_000;

/** Tokens that were active here, by the digest that a cache would keep them under; what was used longest ago is forgotten first. */
export class SeenTokens {
  readonly #keys = new Set<string>();

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  /** Forgets a token: whoever holds on to one that was withdrawn has no claim on the place of those that are good. */
  delete(key: string): void {
    this.#keys.delete(key);
  }

  /** Remembers a token, or that it was active again. */
  add(key: string): void {
    this.#keys.delete(key);
    this.#keys.add(key);
    if (this.#keys.size <= maxTokens) return;
    const [oldest] = this.#keys;
    if (oldest !== undefined) this.#keys.delete(oldest);
  }
}
