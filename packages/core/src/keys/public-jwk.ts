import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';

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

/** Encodings, with the sign bit cleared, of every point whose order divides 8, non-canonical ones included. */
const smallPoints: ReadonlySet<string> = new Set([
  `01${'00'.repeat(31)}`,
  '00'.repeat(32),
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
]);

/**
 * Whether an Ed25519 public key is a point of small order (RFC 8725 §3.4): with such a key signatures can be written that
 * verify for many messages, and not every platform refuses it.
 */
function isSmallOrderPoint(bytes: Uint8Array): boolean {
  const hex = Array.from(bytes, (byte, index) =>
    (index === 31 ? byte & 0x7f : byte).toString(16).padStart(2, '0'),
  );
  return smallPoints.has(hex.join(''));
}

/** More keys than any real provider publishes; a larger set is an attack or a mistake. */
const maxKeys = 100;

/**
 * Reads a JWK Set (RFC 7517 §5) as a relying party should: members it does not understand are left out.
 *
 * Symmetric keys, private keys and weak keys are left out too; a set without any usable key is an error of the provider,
 * not the withdrawal of all keys.
 *
 * @throws {MCPAuthAuthServerError} `invalid_key_set`
 */
export function parseKeySet(document: unknown, url: string): readonly PublicJwk[] {
  const entries =
    typeof document === 'object' && document !== null ? (document as { keys?: unknown }).keys : undefined;
  if (!Array.isArray(entries)) throw invalid(url, 'is not a JWK Set: it has no keys array');
  if (entries.length > maxKeys) throw invalid(url, `holds more than ${maxKeys} keys`);
  const keys = entries.map(readPublicJwk).filter((key): key is PublicJwk => typeof key === 'object');
  if (keys.length === 0) throw invalid(url, 'has no usable public key');
  return keys;
}

function invalid(url: string, problem: string): MCPAuthAuthServerError {
  return new MCPAuthAuthServerError('invalid_key_set', `${url} ${problem}`, { details: { url } });
}

/** RFC 7518 §3.4, RFC 8037 §3.1: curves that leave no choice of algorithm. With RSA the configuration must say. */
const algorithmOfCurve: ReadonlyMap<string | undefined, string> = new Map([
  ['P-256', 'ES256'],
  ['P-384', 'ES384'],
  ['P-521', 'ES512'],
  ['Ed25519', 'EdDSA'],
]);

/**
 * Completes a key so that it can be published and found again: `use`, `alg` where the curve decides it, and as `kid` its
 * thumbprint (RFC 7638) where none is given.
 */
export async function completeKey(key: PublicJwk): Promise<PublicJwk> {
  const alg = key.alg ?? algorithmOfCurve.get(key.crv);
  return {
    ...key,
    use: key.use ?? 'sig',
    ...(alg === undefined ? undefined : { alg }),
    kid: key.kid ?? (await getThumbprint(key)),
  };
}

async function getThumbprint(key: PublicJwk): Promise<string> {
  const { calculateJwkThumbprint } = await import('jose/jwk/thumbprint');
  return calculateJwkThumbprint({ ...key, key_ops: [] });
}

/** RFC 7517 §4.3: `use` and `key_ops` should not be used together. */
export function toPublishedKey(key: PublicJwk): object {
  return { ...key, key_ops: undefined };
}
