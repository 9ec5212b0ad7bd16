/**
 * Tokens in one block of memory that is as large before the first as after the last, so that what a verifier keeps can be
 * told from what a measurement keeps. Hands each out as a new string.
 */
export class TokenStore {
  #bytes;
  #length;
  #lengths;
  size = 0;

  constructor(capacity, maxLength) {
    this.#bytes = Buffer.alloc(capacity * maxLength);
    this.#lengths = new Uint16Array(capacity);
    this.#length = maxLength;
  }

  set(index, token) {
    this.#bytes.latin1Write(token, index * this.#length);
    this.#lengths[index] = token.length;
    this.size = Math.max(this.size, index + 1);
  }

  at(index) {
    const start = index * this.#length;
    return this.#bytes.latin1Slice(start, start + this.#lengths[index]);
  }
}
