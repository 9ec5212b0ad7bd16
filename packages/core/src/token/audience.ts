import type { RejectedToken } from './verification.js';
import { reject } from './verification.js';

/** The audiences that one gate accepts from one authorization server. */
export interface AcceptedAudiences {
  /** `any` only by explicit configuration. */
  readonly values: ReadonlySet<string> | 'any';
  /** Whether a named policy has established another binding for tokens without `aud`. */
  readonly mayBeAbsent: boolean;
}

/**
 * Prepares a list for comparison. `https://host` and `https://host/` are one identifier (RFC 3986 §6.2.3, empty path);
 * every other difference counts, upper-case hosts included.
 */
export function createAcceptedAudiences(audiences: readonly string[]): ReadonlySet<string> {
  const accepted = new Set<string>();
  for (const audience of audiences) {
    accepted.add(audience);
    const twin = emptyPathTwin(audience);
    if (twin !== undefined) accepted.add(twin);
  }
  return accepted;
}

/**
 * Checks that a token was issued for this resource (RFC 8707 §2, RFC 9068 §4; MCP Authorization, Token Handling).
 *
 * An absent or empty `aud` is a refusal. In a list one exact match is enough.
 */
export function checkAudience(
  audience: string | readonly string[] | undefined,
  accepted: AcceptedAudiences,
): RejectedToken | undefined {
  const { values, mayBeAbsent } = accepted;
  if (values === 'any') return undefined;
  if (audience === undefined && mayBeAbsent) return undefined;
  if (audience === undefined || audience.length === 0) {
    return reject('missing_audience', 'aud', { expected: [...values] });
  }
  const matches =
    typeof audience === 'string' ? values.has(audience) : audience.some((entry) => values.has(entry));
  return matches ? undefined : reject('wrong_audience', 'aud', { expected: [...values], actual: audience });
}

const originOnly = /^https?:\/\/[^/?#]+(\/?)$/;

function emptyPathTwin(identifier: string): string | undefined {
  const match = originOnly.exec(identifier);
  if (match === null) return undefined;
  return match[1] === '/' ? identifier.slice(0, -1) : `${identifier}/`;
}
