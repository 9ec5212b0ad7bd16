/**
 * SHA-256 of a text in UTF-8, as hexadecimal digits (FIPS 180-4 §6.2).
 *
 * Here and not WebCrypto, which answers with a promise only and takes longer for a short text than all else that a kept decision costs.
 * For keys of a cache; nothing here is secret, so that it need not take the same time for all.
 */
export function sha256(text: string): string {
  const bytes = encoder.encode(text);
  const blocks = (bytes.length + 72) >>> 6;
  const padded = new Uint8Array(blocks << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const state = Int32Array.from(initial);
  for (let offset = 0; offset < padded.length; offset += 64) mix(state, view, offset);
  let digest = '';
  for (const word of state) digest += (word >>> 0).toString(16).padStart(8, '0');
  return digest;
}

const encoder = new TextEncoder();

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

function mix(state: Int32Array, view: DataView, offset: number): void {
  for (let at = 0; at < 16; at++) schedule[at] = view.getInt32(offset + 4 * at);
  for (let at = 16; at < 64; at++) {
    const two = schedule[at - 2] ?? 0;
    const fifteen = schedule[at - 15] ?? 0;
    const low = rotate(fifteen, 7) ^ rotate(fifteen, 18) ^ (fifteen >>> 3);
    const high = rotate(two, 17) ^ rotate(two, 19) ^ (two >>> 10);
    schedule[at] = ((schedule[at - 16] ?? 0) + low + (schedule[at - 7] ?? 0) + high) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
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
  const mixed = [a, b, c, d, e, f, g, h];
  for (const [at, word] of mixed.entries()) state[at] = ((state[at] ?? 0) + word) | 0;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}
