import { isSmallOrderPoint } from './ed25519-points.js';

/** A public key as RFC 7517 writes it, cut down to the members that verification reads. */
export interface PublicJwk {
  readonly kty: 'RSA' | 'EC' | 'OKP';
  readonly kid?: string;
  readonly alg?: string;
  readonly use?: string;
  readonly key_ops?: readonly string[];
  readonly n?: string;
  readonly e?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
}

/** Members that only a private or symmetric key has (RFC 7518 §6.2.2, §6.3.2, §6.4.1; RFC 8037 §2). */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const;

export function hasSecretMember(jwk: Readonly<Record<string, unknown>>): boolean {
  return secretMembers.some((member) => Object.hasOwn(jwk, member));
}

export type KeyProblem = 'not-a-key' | 'secret' | 'weak-rsa' | 'weak-okp' | 'unsupported';

/**
 * Reads one member of a key set as a public key for signatures.
 *
 * Checks: no private or symmetric material, RSA modulus of 2048 to 8192 bits and a sound exponent (RFC 8725 §3.5), a
 * curve that a supported algorithm uses. Whether the point lies on the curve is checked at import (RFC 8725 §3.4).
 */
export function readPublicJwk(value: unknown): PublicJwk | KeyProblem {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not-a-key';
  const jwk = value as Readonly<Record<string, unknown>>;
  if (hasSecretMember(jwk)) return 'secret';
  const common = readCommon(jwk);
  if (common === undefined) return 'not-a-key';
  const { n, e, crv, x, y } = jwk;
  switch (jwk.kty) {
    case 'RSA':
      if (!isBase64url(n) || !isBase64url(e)) return 'not-a-key';
      return isSoundRsa(n, e) ? { ...common, kty: 'RSA', n, e } : 'weak-rsa';
    case 'EC':
      if (typeof crv !== 'string' || !isBase64url(x) || !isBase64url(y)) return 'not-a-key';
      return ecCurves.has(crv) ? { ...common, kty: 'EC', crv, x, y } : 'unsupported';
    case 'OKP':
      if (typeof crv !== 'string' || !isBase64url(x)) return 'not-a-key';
      if (crv !== 'Ed25519') return 'unsupported';
      return isSoundPoint(x) ? { ...common, kty: 'OKP', crv, x } : 'weak-okp';
    default:
      return 'unsupported';
  }
}

const ecCurves: ReadonlySet<string> = new Set(['P-256', 'P-384', 'P-521']);

function readCommon(
  jwk: Readonly<Record<string, unknown>>,
): Pick<PublicJwk, 'kid' | 'alg' | 'use' | 'key_ops'> | undefined {
  const { kid, alg, use, key_ops: operations } = jwk;
  if (!isOptionalString(kid) || !isOptionalString(alg) || !isOptionalString(use)) return undefined;
  if (operations !== undefined && !isStringArray(operations)) return undefined;
  return {
    ...(kid === undefined ? undefined : { kid }),
    ...(alg === undefined ? undefined : { alg }),
    ...(use === undefined ? undefined : { use }),
    ...(operations === undefined ? undefined : { key_ops: operations }),
  };
}

function isOptionalString(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function isStringArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isBase64url(value: unknown): value is string {
  return typeof value === 'string' && value.length % 4 !== 1 && /^[A-Za-z0-9_-]+$/.test(value);
}

/** RSA from 2048 bits; an even exponent or 1 makes signatures forgeable; more than 8192 bits only burns time. */
function isSoundRsa(n: string, e: string): boolean {
  const bits = bitLength(n);
  if (bits < 2048 || bits > 8192) return false;
  const exponent = bytesOf(e);
  const last = exponent.at(-1) ?? 0;
  return bitLength(e) > 1 && bitLength(e) <= 64 && last % 2 === 1;
}

function isSoundPoint(x: string): boolean {
  const bytes = bytesOf(x);
  return bytes.length === 32 && !isSmallOrderPoint(bytes);
}

function bitLength(encoded: string): number {
  const bytes = bytesOf(encoded);
  const first = bytes.findIndex((byte) => byte !== 0);
  if (first === -1) return 0;
  return (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24;
}

function bytesOf(encoded: string): Uint8Array {
  const text = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
