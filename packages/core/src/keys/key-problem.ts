import { describeText } from '../errors/describe-value.js';
import { bitLength, readBytes } from './jwk-numbers.js';

/** Why something is not a key that may verify a signature. */
export type KeyProblem = 'not-a-key' | 'secret' | 'weak-rsa' | 'weak-okp' | 'off-curve' | 'unsupported';

/** Members that hold a number or a point, by type of key. */
const numbers: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['RSA', ['n', 'e']],
  ['EC', ['x', 'y']],
  ['OKP', ['x']],
]);

/** The reason in words, for the owner of the server. Shows names and sizes, never the value of a member that is part of a key. */
export function describeKeyProblem(entry: unknown, problem: KeyProblem): string {
  const jwk = (typeof entry === 'object' && entry !== null ? entry : {}) as Readonly<Record<string, unknown>>;
  switch (problem) {
    case 'not-a-key':
      return describeMalformed(jwk);
    case 'secret':
      return 'it has private or symmetric key material, which must not be published';
    case 'weak-rsa': {
      const bits = bitLength(readBytes(jwk.n) ?? new Uint8Array());
      return bits < 2048 || bits > 8192
        ? `RSA of ${bits} bits, where 2048 to 8192 are accepted (RFC 8725 §3.5)`
        : 'RSA with an unsound exponent (RFC 8725 §3.5)';
    }
    case 'weak-okp':
      return 'x is not a sound point of Ed25519 (RFC 8725 §3.4)';
    case 'off-curve':
      return `its point is not on ${describeText(String(jwk.crv))} (RFC 8725 §3.4)`;
    case 'unsupported': {
      const curve = typeof jwk.crv === 'string' ? ` with crv ${describeText(jwk.crv)}` : '';
      const type = typeof jwk.kty === 'string' ? `kty ${describeText(jwk.kty)}` : 'a key without kty';
      return `${type}${curve} is of no algorithm that is accepted here`;
    }
  }
}

function describeMalformed(jwk: Readonly<Record<string, unknown>>): string {
  const member = numbers.get(jwk.kty)?.find((name) => readBytes(jwk[name]) === undefined);
  return member === undefined
    ? 'a member is missing or has a wrong type (RFC 7517 §4)'
    : `${member} is missing or is not base64url (RFC 7518 §6)`;
}
