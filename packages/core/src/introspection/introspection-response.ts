import type { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { fault } from '../net/fault.js';
import type { Claims } from '../token/token-policy.js';
import { deepFreeze } from '../token/deep-freeze.js';
import type { IntrospectionAnswer } from './introspection-answer.js';
import { isTooDeep } from './nesting.js';
import { withoutToken } from './without-token.js';

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
 * JSON object, or reports an error in place of a verdict, is no answer at all.
 *
 * @throws {MCPAuthAuthServerError} `invalid_introspection_response`
 */
export function readIntrospectionResponse(body: unknown, asked: AskedToken): IntrospectionAnswer {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidResponse(asked.url, 'answered with JSON that is no object (RFC 7662 §2.2)');
  }
  const members = body as Claims;
  if (!Object.hasOwn(members, 'active') && typeof members.error === 'string') {
    throw invalidResponse(asked.url, 'answered with an error under status 200');
  }
  if (!Object.hasOwn(members, 'active') || members.active !== true) return { kind: 'inactive' };
  if (isTooDeep(members)) throw invalidResponse(asked.url, 'answered with JSON that is nested too deeply');
  const claims = withoutToken(withoutNulls(members), asked.token);
  return { kind: 'active', claims: deepFreeze(claims), answeredAt: asked.now };
}

export function invalidResponse(url: string, problem: string): MCPAuthAuthServerError {
  return fault('invalid_introspection_response', url, problem);
}

function withoutNulls(members: Claims): Claims {
  const isAbsent = ([name, value]: [string, unknown]) => value === null && nullable.includes(name);
  return Object.fromEntries(Object.entries(members).filter((entry) => !isAbsent(entry)));
}
