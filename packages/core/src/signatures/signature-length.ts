import type { PublicJwk } from '../keys/public-jwk.js';

/**
 * Whether a compact JWS ends in a signature of the one length that its algorithm and key allow (RFC 8017 §8.1.2, §8.2.2; RFC 7518
 * §3.4; RFC 8032 §5.1.7). OpenSSL, with and without WebCrypto, takes an RSASSA-PSS signature whose first byte is zero without that
 * byte too: one token in 256 would have a second spelling.
 *
 * @param key - as `readPublicJwk` spells it: without zeros in front of the modulus
 */
export function hasSignatureLength(jws: string, key: PublicJwk, alg: string): boolean {
  // As many characters as the modulus has: RFC 8017 §8 counts both in the same bytes
  const expected = lengths.get(alg) ?? key.n?.length;
  return jws.length - jws.lastIndexOf('.') - 1 === expected;
}

/** Characters of base64url. */
const lengths: ReadonlyMap<string, number> = new Map([
  ['ES256', 86],
  ['ES384', 128],
  ['ES512', 176],
  ['EdDSA', 86],
  ['Ed25519', 86],
]);
