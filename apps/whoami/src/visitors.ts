/** Who has asked so far, in memory: how often, by name. */
export class Visitors {
  readonly #visits = new Map<string, number>();

  add(name: string): void {
    this.#visits.set(name, (this.#visits.get(name) ?? 0) + 1);
  }

  list(): { name: string; visits: number }[] {
    return [...this.#visits].map(([name, visits]) => ({ name, visits }));
  }
}
