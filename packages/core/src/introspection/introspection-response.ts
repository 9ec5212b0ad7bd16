import type { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { fault } from '../net/fetch-json.js';
import type { Claims } from '../token/token-policy.js';
import { deepFreeze } from '../token/freeze.js';

/** What an authorization server said about one token (RFC 7662 §2.2). */
export type IntrospectionAnswer =
  | { readonly kind: 'inactive' }
  | {
      readonly kind: 'active';
      /** All members of the answer, deeply frozen, without any that repeats the token. */
      readonly claims: Claims;
      /** When the server said so. Seconds since the epoch. */
      readonly answeredAt: number;
    };

/** What was asked, and when. */
export interface AskedToken {
  readonly url: string;
  readonly token: string;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** Members that some servers write as `null` where they mean that there is none. `cnf` is not among them: a doubt refuses. */
const nullable = [
  'exp',
  'iat',
  'nbf',
  'iss',
  'aud',
  'sub',
  'scope',
  'client_id',
  'token_type',
  'username',
  'jti',
];

/**
 * Reads an introspection response (RFC 7662 §2.2).
 *
 * Only `active` with the value `true` makes a token usable; a missing or any other value means that it is not. What is no
 * JSON object, or reports an error instead of a verdict, is not an answer.
 *
 * @throws {MCPAuthAuthServerError} `invalid_introspection_response`
 */
export function readIntrospectionResponse(body: unknown, asked: AskedToken): IntrospectionAnswer {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidResponse(asked.url, 'answered with JSON that is not an object (RFC 7662 §2.2)');
  }
  const members = body as Claims;
  if (!Object.hasOwn(members, 'active') && typeof members.error === 'string') {
    throw invalidResponse(asked.url, 'answered with an error under status 200');
  }
  if (!Object.hasOwn(members, 'active') || members.active !== true) return { kind: 'inactive' };
  if (isTooDeep(members)) throw invalidResponse(asked.url, 'answered with JSON that is nested too deeply');
  const claims = withoutToken(withoutNulls(members), asked.token);
  return { kind: 'active', claims: deepFreeze(asKept(claims)), answeredAt: asked.now };
}

export function invalidResponse(url: string, problem: string): MCPAuthAuthServerError {
  return fault('invalid_introspection_response', url, problem);
}

function withoutNulls(members: Claims): Claims {
  const isAbsent = ([name, value]: [string, unknown]) => value === null && nullable.includes(name);
  return Object.fromEntries(Object.entries(members).filter((entry) => !isAbsent(entry)));
}

/** RFC 8259 §6: a number that is too large is read as an infinity, which a cache keeps as `null`. One token is one answer, asked for or kept. */
function asKept(claims: Claims): Claims {
  return holdsInfinity(claims) ? (JSON.parse(JSON.stringify(claims)) as Claims) : claims;
}

/** Not too deep, as was seen before. */
function holdsInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsInfinity);
}

/** Whoever walks deeper values may exhaust the stack, `JSON.stringify` first. Claims of providers have a handful of levels. */
const maxLevels = 100;

/** Whether a parsed JSON value is nested deeper than any answer has to be. */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= maxLevels; depth++) {
    level = level.flatMap((entry) =>
      typeof entry === 'object' && entry !== null ? (Object.values(entry) as unknown[]) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}

/** A shorter string is not a secret (RFC 6749 §10.10), and may well be part of a name. */
const shortestSecret = 16;

/** Members whose absence would let more pass: what they hold goes, and they stay. */
const decisive: ReadonlySet<string> = new Set([
  'aud',
  'iss',
  'exp',
  'nbf',
  'iat',
  'cnf',
  'token_type',
  'token_use',
  'nonce',
  'at_hash',
  'c_hash',
  's_hash',
  'token_introspection',
]);

/**
 * Leaves out every member that repeats the token: some servers name an opaque token by itself (`jti`), and claims are printed,
 * kept and handed on where tokens must not be. A member that may speak against the token stays, without what it held.
 */
function withoutToken(claims: Claims, token: string): Claims {
  // The characters of a token (RFC 6750 §2.1) are written in JSON as they are
  if (token.length < shortestSecret || !JSON.stringify(claims).includes(token)) return claims;
  return Object.fromEntries(
    Object.entries(claims).flatMap(([name, value]) => {
      if (!JSON.stringify([name, value]).includes(token)) return [[name, value]];
      return decisive.has(name) ? [[name, '[redacted]']] : [];
    }),
  );
}
