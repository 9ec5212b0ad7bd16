/** One entry, as its map shows it. */
export interface OldestEntry<Key, Value> {
  readonly key: Key;
  readonly value: Value;
}

interface Link<Key, Value> extends OldestEntry<Key, Value> {
  value: Value;
  older: Link<Key, Value> | undefined;
  younger: Link<Key, Value> | undefined;
}

/**
 * A map that tells its oldest entry at the same cost, no matter how many there are and were.
 *
 * A `Map` has the order too. But V8 keeps the places of deleted entries at its front until it makes a new table, and whoever asks for the
 * first entry walks over them: with tens of thousands of entries that are used and pushed out, each time over thousands.
 */
export class OldestFirst<Key, Value> {
  readonly #links = new Map<Key, Link<Key, Value>>();
  #oldest: Link<Key, Value> | undefined;
  #youngest: Link<Key, Value> | undefined;

  get size(): number {
    return this.#links.size;
  }

  has(key: Key): boolean {
    return this.#links.has(key);
  }

  get(key: Key): Value | undefined {
    return this.#links.get(key)?.value;
  }

  /** Makes an entry the youngest, by what {@link add} gave for it: no key is looked up. Not for one that was deleted. */
  renew(entry: OldestEntry<Key, Value>): void {
    if (entry === this.#youngest) return;
    this.#unlink(entry as Link<Key, Value>);
    this.#append(entry as Link<Key, Value>);
  }

  /** Adds an entry, or replaces one; either way it is the youngest then. */
  add(key: Key, value: Value): OldestEntry<Key, Value> {
    const link = this.#links.get(key) ?? { key, value, older: undefined, younger: undefined };
    link.value = value;
    if (this.#links.has(key)) this.#unlink(link);
    else this.#links.set(key, link);
    this.#append(link);
    return link;
  }

  /** Replaces the value of an entry, which stays as old as it is. Does nothing where there is none. */
  update(key: Key, value: Value): void {
    const link = this.#links.get(key);
    if (link !== undefined) link.value = value;
  }

  /** Whether there was such an entry. */
  delete(key: Key): boolean {
    const link = this.#links.get(key);
    if (link === undefined) return false;
    this.#links.delete(key);
    this.#unlink(link);
    return true;
  }

  oldest(): OldestEntry<Key, Value> | undefined {
    return this.#oldest;
  }

  #append(link: Link<Key, Value>): void {
    link.older = this.#youngest;
    if (this.#youngest === undefined) this.#oldest = link;
    else this.#youngest.younger = link;
    this.#youngest = link;
  }

  #unlink(link: Link<Key, Value>): void {
    const { older, younger } = link;
    if (older === undefined) this.#oldest = younger;
    else older.younger = younger;
    if (younger === undefined) this.#youngest = older;
    else younger.older = older;
    link.older = undefined;
    link.younger = undefined;
  }
}
