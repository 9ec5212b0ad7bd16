/** Lines that were not printed because the same was said a moment ago: how many of which name, and the last one. */
export class Repeats {
  readonly #known = new Map<string, { count: number; last: string }>();

  /** Whether this is the first of its name since the last sum. All others are counted. */
  isFirst(name: string, line: string): boolean {
    if (this.#known.has(name)) this.add(name, line);
    else this.#known.set(name, { count: 0, last: line });
    return this.#known.get(name)?.count === 0;
  }

  /** Counts one that is not printed. */
  add(name: string, line: string): void {
    const count = (this.#known.get(name)?.count ?? 0) + 1;
    this.#known.set(name, { count, last: line });
  }

  /** Ends what is counted. Nothing where there was nothing but what was printed. */
  takeSum(): string | undefined {
    const sums = [...this.#known].filter(([, { count }]) => count > 0);
    this.#known.clear();
    const latest = sums.at(-1);
    if (latest === undefined) return undefined;
    const parts = sums.map(([name, { count }]) => `${count} × ${name}`);
    return `${parts.join(', ')}. The last: ${latest[1].last}`;
  }
}
