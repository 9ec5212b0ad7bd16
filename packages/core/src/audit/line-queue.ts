/** Lines that wait, up to a number of bytes; what comes when they are as many is not taken. */
export class LineQueue {
  readonly #maxBytes: number;
  readonly #lines: string[] = [];
  #bytes = 0;
  /** Lines that have been taken out; they are cut off now and then, since cutting costs as much as what is left. */
  #taken = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get isEmpty(): boolean {
    return this.#taken === this.#lines.length;
  }

  /** Whether there was room. */
  add(line: string): boolean {
    const bytes = Buffer.byteLength(line);
    if (this.#bytes + bytes > this.#maxBytes) return false;
    this.#lines.push(line);
    this.#bytes += bytes;
    return true;
  }

  /** The oldest lines, as many as have so many bytes, and one at least where there is one. */
  take(maxBytes: number): readonly string[] {
    const start = this.#taken;
    let bytes = 0;
    while (this.#taken < this.#lines.length) {
      const length = Buffer.byteLength(this.#lines[this.#taken] ?? '');
      if (this.#taken > start && bytes + length > maxBytes) break;
      bytes += length;
      this.#taken += 1;
    }
    const lines = this.#lines.slice(start, this.#taken);
    this.#bytes -= bytes;
    if (this.#taken * 2 > this.#lines.length) {
      this.#lines.splice(0, this.#taken);
      this.#taken = 0;
    }
    return lines;
  }
}
