import type { PublicJwk } from '../keys/public-jwk.js';
import { sha256 } from '../policy/sha-256.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Two characters for twelve bits. */
const pairs = Array.from(
  { length: 4096 },
  (_, bits) => alphabet.charAt(bits >>> 6) + alphabet.charAt(bits & 63),
);

/** SHA-256 of a text or of bytes, in base64url without padding. */
export function digestOf(data: string | Uint8Array): string {
  const hash = sha256(data);
  let written = '';
  // Three of its characters are 48 bits
  for (let index = 0; index < 15; index += 3) {
    const [a, b, c] = [hash.charCodeAt(index), hash.charCodeAt(index + 1), hash.charCodeAt(index + 2)];
    const [first, second] = [pairs[a >>> 4], pairs[((a & 15) << 8) | (b >>> 8)]];
    written += `${first}${second}${pairs[((b & 255) << 4) | (c >>> 12)]}${pairs[c & 4095]}`;
  }
  const last = hash.charCodeAt(15);
  return `${written}${pairs[last >>> 4]}${alphabet.charAt((last & 15) << 2)}`;
}

/** The thumbprint of a key (RFC 7638 §3): its required members alone, in the order of their names. */
export function thumbprintOf({ kty, crv, n, e, x, y }: PublicJwk): string {
  switch (kty) {
    case 'RSA':
      return digestOf(JSON.stringify({ e, kty, n }));
    case 'EC':
      return digestOf(JSON.stringify({ crv, kty, x, y }));
    case 'OKP':
      return digestOf(JSON.stringify({ crv, kty, x }));
  }
}
