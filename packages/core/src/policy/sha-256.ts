/**
 * SHA-256 of bytes, or of a text in UTF-8: 16 characters of 16 bits each (FIPS 180-4 §6.2).
 *
 * Here and not WebCrypto, which answers with a promise only and takes longer for a short text than all else that a kept decision costs.
 * For keys of a cache; nothing here is secret, so that it need not take the same time for all.
 */
export function sha256(data: string | Uint8Array): string {
  // A character takes up to three bytes, and the end up to 72 more
  if (bytes.length < 3 * data.length + 72) bytes = new Uint8Array(3 * data.length + 72);
  const length = write(data);
  const end = ((length + 72) >>> 6) << 6;
  bytes.fill(0, length, end);
  bytes[length] = 0x80;
  const bits = length * 8;
  for (let at = 1; at <= 6; at++) bytes[end - at] = Math.floor(bits / 2 ** (8 * (at - 1)));
  state.set(initial);
  for (let offset = 0; offset < end; offset += 64) mix(offset);
  return toText();
}

function write(data: string | Uint8Array): number {
  if (typeof data === 'string') return encoder.encodeInto(data, bytes).written;
  bytes.set(data);
  return data.length;
}

const encoder = new TextEncoder();
/** Used again by the next call: nothing waits in between. */
let bytes = new Uint8Array(1024);
const state = new Int32Array(8);

function toText(): string {
  let text = '';
  for (const word of state) text += String.fromCharCode(word >>> 16, word & 0xffff);
  return text;
}

/** The first 32 bits of the fractional parts of the roots of the first primes: square roots to begin with, cube roots for each round. */
const primes = findPrimes(64);
const initial = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const rounds = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));

function fraction(value: number): number {
  return ((value - Math.floor(value)) * 0x100000000) | 0;
}

function findPrimes(amount: number): readonly number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < amount; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}

const schedule = new Int32Array(64);

function mix(offset: number): void {
  for (let at = 0; at < 16; at++) {
    const first = offset + 4 * at;
    schedule[at] =
      ((bytes[first] ?? 0) << 24) |
      ((bytes[first + 1] ?? 0) << 16) |
      ((bytes[first + 2] ?? 0) << 8) |
      (bytes[first + 3] ?? 0);
  }
  for (let at = 16; at < 64; at++) {
    const two = schedule[at - 2] ?? 0;
    const fifteen = schedule[at - 15] ?? 0;
    const low = rotate(fifteen, 7) ^ rotate(fifteen, 18) ^ (fifteen >>> 3);
    const high = rotate(two, 17) ^ rotate(two, 19) ^ (two >>> 10);
    schedule[at] = ((schedule[at - 16] ?? 0) + low + (schedule[at - 7] ?? 0) + high) | 0;
  }
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  let e = state[4] ?? 0;
  let f = state[5] ?? 0;
  let g = state[6] ?? 0;
  let h = state[7] ?? 0;
  for (let at = 0; at < 64; at++) {
    const high = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const first = (h + high + ((e & f) ^ (~e & g)) + (rounds[at] ?? 0) + (schedule[at] ?? 0)) | 0;
    const low = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const second = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  add(0, a);
  add(1, b);
  add(2, c);
  add(3, d);
  add(4, e);
  add(5, f);
  add(6, g);
  add(7, h);
}

function add(at: number, word: number): void {
  state[at] = ((state[at] ?? 0) + word) | 0;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}
