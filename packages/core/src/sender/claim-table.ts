/**
 * Rows of numbers, found by the first two or more of them: an open-addressing table (linear probing) in one typed array, so that a row
 * costs its numbers and little else. Rows that are over stay until their place is needed or the table is made anew.
 */
export class ClaimTable {
  readonly #width: number;
  readonly #keyWidth: number;
  /** Whether the row at this place is over. */
  readonly #isOver: (rows: Uint32Array, at: number) => boolean;
  #rows: Uint32Array;
  #taken: Uint8Array;
  #used = 0;

  /**
   * @param width - numbers of a row
   * @param keyWidth - how many of them are its key
   */
  constructor(width: number, keyWidth: number, isOver: (rows: Uint32Array, at: number) => boolean) {
    this.#width = width;
    this.#keyWidth = keyWidth;
    this.#isOver = isOver;
    this.#rows = new Uint32Array(width * smallest);
    this.#taken = new Uint8Array(smallest);
  }

  get rows(): Uint32Array {
    return this.#rows;
  }

  get bytes(): number {
    return this.#rows.byteLength + this.#taken.byteLength;
  }

  /** The place of the first number of a row that is not over; -1 where there is none. */
  find(key: Uint32Array): number {
    const capacity = this.#taken.length;
    let slot = this.#start(key, 0, capacity);
    while (this.#taken[slot] === 1) {
      const at = slot * this.#width;
      if (this.#isKey(at, key)) return this.#isOver(this.#rows, at) ? -1 : at;
      if (++slot === capacity) slot = 0;
    }
    return -1;
  }

  /** Adds a row whose key is not in the table, and whose other numbers are 0. Returns its place. */
  add(key: Uint32Array): number {
    if (this.#used >= fullest * this.#taken.length) this.#rebuild();
    const capacity = this.#taken.length;
    let slot = this.#start(key, 0, capacity);
    while (this.#taken[slot] === 1 && !this.#isOver(this.#rows, slot * this.#width)) {
      if (++slot === capacity) slot = 0;
    }
    if (this.#taken[slot] === 0) this.#used++;
    this.#taken[slot] = 1;
    const at = slot * this.#width;
    this.#rows.fill(0, at, at + this.#width);
    for (let index = 0; index < this.#keyWidth; index++) this.#rows[at + index] = key[index] ?? 0;
    return at;
  }

  /** The numbers are digests: any of them is as good as a hash. */
  #start(from: Uint32Array, at: number, capacity: number): number {
    return ((from[at + 1] ?? 0) >>> 0) % capacity;
  }

  #isKey(at: number, key: Uint32Array): boolean {
    for (let index = 0; index < this.#keyWidth; index++) {
      if (this.#rows[at + index] !== key[index]) return false;
    }
    return true;
  }

  #rebuild(): void {
    const [rows, taken, width] = [this.#rows, this.#taken, this.#width];
    let live = 0;
    for (let slot = 0; slot < taken.length; slot++) {
      if (taken[slot] === 1 && !this.#isOver(rows, slot * width)) live++;
    }
    const capacity = Math.max(smallest, Math.ceil((live + 1) / emptiest));
    this.#rows = new Uint32Array(width * capacity);
    this.#taken = new Uint8Array(capacity);
    this.#used = live;
    for (let slot = 0; slot < taken.length; slot++) {
      const at = slot * width;
      if (taken[slot] === 0 || this.#isOver(rows, at)) continue;
      let free = this.#start(rows, at, capacity);
      while (this.#taken[free] === 1) if (++free === capacity) free = 0;
      this.#taken[free] = 1;
      this.#rows.set(rows.subarray(at, at + width), free * width);
    }
  }
}

const smallest = 8;
/** Rows among places, before a table is made anew, and after it. */
const fullest = 0.8;
const emptiest = 0.55;
