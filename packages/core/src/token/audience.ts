import type { RejectedToken } from './verification.js';
import { reject } from './verification.js';

/** The audiences that one gate accepts from one authorization server. */
export interface AcceptedAudiences {
  /** `any` only by explicit configuration. */
  readonly values: ReadonlySet<string> | 'any';
  /** Whether a named policy has established another binding for tokens without `aud`. */
  readonly mayBeAbsent: boolean;
}

/** Of an issuer that nobody trusts. */
export const noAudience: AcceptedAudiences = { values: new Set(), mayBeAbsent: false };

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
  if (matches) return undefined;
  const rejected = reject('wrong_audience', 'aud', { expected: [...values], actual: audience });
  const hint = explainNearMiss([...values], typeof audience === 'string' ? [audience] : audience);
  return hint === undefined ? rejected : { ...rejected, hint };
}

/** What to write where an audience is almost one that is accepted. */
function explainNearMiss(accepted: readonly string[], named: readonly string[]): string | undefined {
  const isAny = (compare: (one: string, other: string) => boolean) =>
    accepted.some((one) => named.some((other) => compare(one, other)));
  if (isAny((one, other) => withoutSlash(one) === withoutSlash(other))) {
    return 'They differ in a slash at the end. Write resource as the token has it; where clients use the other, write audience on the route';
  }
  if (isAny((one, other) => one.toLowerCase() === other.toLowerCase())) {
    return 'They differ in upper and lower case. Write resource, or audience on the route, as the token has it';
  }
  if (isAny((one, other) => pathOf(one) !== undefined && pathOf(one) === pathOf(other))) {
    return 'They differ in the host or port. If clients use the address in the token, write it as resource';
  }
  return undefined;
}

function withoutSlash(identifier: string): string {
  return identifier.endsWith('/') ? identifier.slice(0, -1) : identifier;
}

/** Of an http or https URL, without what stands in front of it. */
function pathOf(identifier: string): string | undefined {
  return /^https?:\/\/[^/?#]+(\/.*)?$/i.exec(identifier)?.[1] ?? undefined;
}

const originOnly = /^https?:\/\/[^/?#]+(\/?)$/;

function emptyPathTwin(identifier: string): string | undefined {
  const match = originOnly.exec(identifier);
  if (match === null) return undefined;
  return match[1] === '/' ? identifier.slice(0, -1) : `${identifier}/`;
}
