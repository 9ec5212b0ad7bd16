import { getCoordinateSize, isOnCurve } from './curve-points.js';
import { bitLength, fitCoordinate, formatBytes, readBytes, trimNumber } from './jwk-numbers.js';
import type { KeyProblem } from './key-problem.js';

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

/** A member that is null is one that is not there: some libraries write every member they know. */
export function hasSecretMember(jwk: Readonly<Record<string, unknown>>): boolean {
  return secretMembers.some((member) => Object.hasOwn(jwk, member) && !isAbsent(jwk[member]));
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/**
 * Reads one member of a key set as a public key for signatures, in the one spelling of each member.
 *
 * Checks: no private or symmetric material, RSA modulus of 2048 to 8192 bits and a sound exponent (RFC 8725 §3.5), a
 * curve that a supported algorithm uses, a point that is on it or is not of small order (RFC 8725 §3.4).
 */
export function readPublicJwk(value: unknown): PublicJwk | KeyProblem {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not-a-key';
  const jwk = value as Readonly<Record<string, unknown>>;
  if (hasSecretMember(jwk)) return 'secret';
  const common = readCommon(jwk);
  if (common === undefined) return 'not-a-key';
  switch (jwk.kty) {
    case 'RSA':
      return readRsa(jwk, common);
    case 'EC':
      return readEc(jwk, common);
    case 'OKP':
      return readOkp(jwk, common);
    default:
      return 'unsupported';
  }
}

type CommonMembers = Pick<PublicJwk, 'kid' | 'alg' | 'use' | 'key_ops'>;
type Members = Readonly<Record<string, unknown>>;

function readRsa(jwk: Members, common: CommonMembers): PublicJwk | KeyProblem {
  const [n, e] = [readBytes(jwk.n), readBytes(jwk.e)];
  if (n === undefined || e === undefined) return 'not-a-key';
  if (!isSoundRsa(n, e)) return 'weak-rsa';
  return { ...common, kty: 'RSA', n: formatBytes(trimNumber(n)), e: formatBytes(trimNumber(e)) };
}

function readEc({ crv, ...jwk }: Members, common: CommonMembers): PublicJwk | KeyProblem {
  const [x, y] = [readBytes(jwk.x), readBytes(jwk.y)];
  if (typeof crv !== 'string' || x === undefined || y === undefined) return 'not-a-key';
  const size = getCoordinateSize(crv);
  if (size === undefined) return 'unsupported';
  const [fullX, fullY] = [fitCoordinate(x, size), fitCoordinate(y, size)];
  if (fullX === undefined || fullY === undefined) return 'not-a-key';
  if (!isOnCurve(crv, fullX, fullY)) return 'off-curve';
  return { ...common, kty: 'EC', crv, x: formatBytes(fullX), y: formatBytes(fullY) };
}

function readOkp({ crv, ...jwk }: Members, common: CommonMembers): PublicJwk | KeyProblem {
  const x = readBytes(jwk.x);
  if (typeof crv !== 'string' || x === undefined) return 'not-a-key';
  if (crv !== 'Ed25519') return 'unsupported';
  return isSoundPoint(x) ? { ...common, kty: 'OKP', crv, x: formatBytes(x) } : 'weak-okp';
}

function readCommon(jwk: Members): CommonMembers | undefined {
  const { kid, alg, use, key_ops: operations } = jwk;
  if (!isOptionalString(kid) || !isOptionalString(alg) || !isOptionalString(use)) return undefined;
  if (!isAbsent(operations) && !isStringArray(operations)) return undefined;
  return {
    ...(isAbsent(kid) ? undefined : { kid }),
    ...(isAbsent(alg) ? undefined : { alg }),
    ...(isAbsent(use) ? undefined : { use }),
    ...(isAbsent(operations) ? undefined : { key_ops: operations }),
  };
}

function isOptionalString(value: unknown): value is string | undefined | null {
  return isAbsent(value) || typeof value === 'string';
}

function isStringArray(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

/** RSA from 2048 bits; an even exponent or 1 makes signatures forgeable; more than 8192 bits only burns time. */
function isSoundRsa(n: Uint8Array, e: Uint8Array): boolean {
  const bits = bitLength(n);
  if (bits < 2048 || bits > 8192) return false;
  const last = e.at(-1) ?? 0;
  return bitLength(e) > 1 && bitLength(e) <= 64 && last % 2 === 1;
}

function isSoundPoint(bytes: Uint8Array): boolean {
  return bytes.length === 32 && !isSmallOrderPoint(bytes);
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
