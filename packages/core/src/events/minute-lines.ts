/** What one name has said in this minute. */
interface Said {
  readonly lines: Set<string>;
  more: number;
  last: string;
}

/** Lines that may come as often as clients like: some of each name in a minute, and how many more there were. */
export class MinuteLines {
  readonly #most: number;
  readonly #said = new Map<string, Said>();

  /** @param most - different lines of one name in a minute */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Whether to print a line; else it is counted.
   *
   * @param name - written by nobody but the owner, so there are few
   */
  admit(name: string, line: string): boolean {
    const said = this.#said.get(name) ?? { lines: new Set<string>(), more: 0, last: line };
    this.#said.set(name, said);
    if (said.lines.size < this.#most && !said.lines.has(line)) {
      said.lines.add(line);
      return true;
    }
    said.more += 1;
    said.last = line;
    return false;
  }

  /** What was counted, and the last of it; nothing where everything was printed. The next minute begins. */
  sum(): string | undefined {
    const counted = [...this.#said].filter(([, { more }]) => more > 0);
    this.#said.clear();
    const last = counted.at(-1)?.[1].last;
    if (last === undefined) return undefined;
    return `${counted.map(([name, { more }]) => `${more} × ${name}`).join(', ')}. The last: ${last}`;
  }
}
