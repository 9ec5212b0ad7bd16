import type { RejectedToken } from './verification.js';
import { reject } from './verification.js';

/**
 * Algorithms that may sign an access token: asymmetric ones only (RFC 8725 §3.1, §3.2; RFC 9068 §2.1).
 *
 * The list is fixed. A configuration may narrow it, never widen it.
 */
export const supportedAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

export type SigningAlgorithm = (typeof supportedAlgorithms)[number];

export function isSupportedAlgorithm(value: unknown): value is SigningAlgorithm {
  return (supportedAlgorithms as readonly unknown[]).includes(value);
}

/** What a gate accepts in the JOSE header of a token. */
export interface HeaderRules {
  readonly algorithms: ReadonlySet<string>;
  /** Lower-case media types without `application/`, one of which `typ` must be; `undefined` stands for the default set. */
  readonly types: ReadonlySet<string> | undefined;
}

const defaultTypes: ReadonlySet<string> = new Set(['jwt', 'at+jwt']);

/**
 * Checks the JOSE header: `alg` on the list, no `crit`, `typ` of an access token (RFC 8725 §3.1, §3.11; RFC 9068 §4).
 *
 * Never looks at `jwk`, `jku`, `x5c` or `x5u`: a token does not bring its own key (RFC 8725 §3.10).
 */
export function checkHeader(
  header: Readonly<Record<string, unknown>>,
  rules: HeaderRules,
): RejectedToken | undefined {
  if (typeof header.alg !== 'string' || !rules.algorithms.has(header.alg))
    return reject('unsupported_algorithm', undefined, {
      expected: [...rules.algorithms],
      actual: header.alg,
    });
  if (Object.hasOwn(header, 'crit')) return reject('critical_header');
  if (header.kid !== undefined && typeof header.kid !== 'string') return reject('malformed_token');
  return checkType(header.typ, rules.types);
}

function checkType(typ: unknown, expected: ReadonlySet<string> | undefined): RejectedToken | undefined {
  if (typ === undefined && expected === undefined) return undefined;
  const accepted = expected ?? defaultTypes;
  if (typeof typ === 'string' && accepted.has(normalizeType(typ))) return undefined;
  return reject('unsupported_type', undefined, { expected: [...accepted], actual: typ });
}

/** RFC 7515 §4.1.9: media types ignore case, and `application/` may be left out. */
export function normalizeType(typ: string): string {
  const lower = typ.toLowerCase();
  return lower.startsWith('application/') ? lower.slice('application/'.length) : lower;
}
