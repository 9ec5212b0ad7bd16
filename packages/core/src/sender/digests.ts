import type { PublicJwk } from '../keys/public-jwk.js';
import { sha256 } from '../policy/sha-256.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** SHA-256 of a text or of bytes, in base64url without padding. */
export function digestOf(data: string | Uint8Array): string {
  const hash = sha256(data);
  let bits = 0;
  let held = 0;
  let written = '';
  for (let index = 0; index < hash.length; index++) {
    bits = ((bits << 16) | hash.charCodeAt(index)) & 0xfffff;
    held += 16;
    while (held >= 6) {
      held -= 6;
      written += alphabet.charAt((bits >>> held) & 63);
    }
  }
  return written + alphabet.charAt((bits << (6 - held)) & 63);
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
