import type { Claims } from './token-policy.js';

/** How a token may be bound to who sends it: a key that signs proofs (RFC 9449 §6.1), a client certificate (RFC 8705 §3.1). */
export type ConfirmationMethod = 'jkt' | 'x5t#S256';

/** What the sender of a token has to prove (RFC 7800 §3.1). At least one member is there; all that are there count. */
export interface Confirmation {
  /** Thumbprint of the key that signs proofs (RFC 7638). */
  readonly jkt?: string | undefined;
  /** `x5t#S256`: SHA-256 of the client certificate. */
  readonly x5tS256?: string | undefined;
}

/** Where nothing of it can be checked. */
export const noConfirmations: ReadonlySet<ConfirmationMethod> = new Set();

/** SHA-256 in base64url without padding (RFC 7638 §3.1, RFC 8705 §3.1). */
const digest = /^[\w-]{43}$/;

/**
 * What a token says of its sender.
 *
 * Checks: an object, with at least one method that is known; each known one is a digest and can be checked by the route.
 * Members that are not known are ignored next to one that is (RFC 7800 §3.1).
 *
 * @param methods - that the route can check
 * @returns nothing for a token without `cnf`; `unusable` where it is bound in a way that nobody here can check
 */
export function readConfirmation(
  claims: Claims,
  methods: ReadonlySet<ConfirmationMethod>,
): Confirmation | 'unusable' | undefined {
  if (!Object.hasOwn(claims, 'cnf')) return undefined;
  const { cnf } = claims;
  if (methods.size === 0 || typeof cnf !== 'object' || cnf === null || Array.isArray(cnf)) return 'unusable';
  const jkt = readMethod(cnf, 'jkt', methods);
  const x5tS256 = readMethod(cnf, 'x5t#S256', methods);
  if (jkt === 'unusable' || x5tS256 === 'unusable' || (jkt ?? x5tS256) === undefined) return 'unusable';
  return {
    ...(jkt === undefined ? undefined : { jkt }),
    ...(x5tS256 === undefined ? undefined : { x5tS256 }),
  };
}

function readMethod(
  cnf: object,
  method: ConfirmationMethod,
  methods: ReadonlySet<ConfirmationMethod>,
): string | undefined {
  if (!Object.hasOwn(cnf, method)) return undefined;
  const value = (cnf as Readonly<Record<string, unknown>>)[method];
  return methods.has(method) && typeof value === 'string' && digest.test(value) ? value : 'unusable';
}

/** What two statements about one token say together; `unusable` where they contradict each other. */
export function joinConfirmations(
  one: Confirmation | undefined,
  other: Confirmation | undefined,
): Confirmation | 'unusable' | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const isSame = (a: string | undefined, b: string | undefined) => (a ?? b) === (b ?? a);
  return isSame(one.jkt, other.jkt) && isSame(one.x5tS256, other.x5tS256) ? { ...one, ...other } : 'unusable';
}
