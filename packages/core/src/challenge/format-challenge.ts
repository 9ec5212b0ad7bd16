import { isScopeToken } from '../scopes/scopes.js';

/** Error codes that a challenge may carry (RFC 6750 §3.1, RFC 9470 §3); the last two with the scheme DPoP only (RFC 9449 §7.1, §9). */
export type ChallengeError =
  | 'invalid_request'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'insufficient_user_authentication'
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce';

/** Parameters of a challenge (RFC 6750 §3, RFC 9449 §7.1, RFC 9470 §3, RFC 9728 §5.1). Each occurs at most once. */
export interface ChallengeParameters {
  /** Default: Bearer. */
  readonly scheme?: 'Bearer' | 'DPoP' | undefined;
  /** Algorithms that proofs may be signed with, for the scheme DPoP. */
  readonly algs?: readonly string[] | undefined;
  readonly error?: ChallengeError | undefined;
  readonly errorDescription?: string | undefined;
  /** Acceptable values of `acr`, the preferred one first. */
  readonly acrValues?: readonly string[] | undefined;
  /** Seconds since the login, at most. */
  readonly maxAge?: number | undefined;
  readonly scope?: readonly string[] | undefined;
  /** Absolute URL. Absent only where no such document is published, in legacy mode. */
  readonly resourceMetadata: string | undefined;
}

/**
 * Writes the value of a `WWW-Authenticate` header (RFC 9110 §11.6.1): every value a quoted string.
 *
 * No matter what a value holds, the result is one well-formed challenge in printable ASCII.
 *
 * @see RFC 6750 §3
 * @see RFC 9728 §5.1
 * @example
 * ```ts
 * import { formatChallenge, getResourceMetadataUrl } from '@mcp-auth/core';
 *
 * const challenge = formatChallenge({
 *   error: 'insufficient_scope',
 *   scope: ['notes:write'],
 *   resourceMetadata: getResourceMetadataUrl('https://api.example.com/mcp'),
 * });
 * ```
 */
export function formatChallenge(parameters: ChallengeParameters): string {
  const {
    scheme = 'Bearer',
    algs,
    error,
    errorDescription,
    acrValues,
    maxAge,
    scope,
    resourceMetadata,
  } = parameters;
  const written = [
    error === undefined ? undefined : `error=${quote(error)}`,
    errorDescription === undefined
      ? undefined
      : `error_description=${quote(toDescription(errorDescription))}`,
    acrValues === undefined ? undefined : `acr_values=${quote(acrValues.join(' '))}`,
    maxAge === undefined ? undefined : `max_age=${quote(String(maxAge))}`,
    formatScope(scope ?? []),
    algs === undefined ? undefined : `algs=${quote(algs.join(' '))}`,
    resourceMetadata === undefined ? undefined : `resource_metadata=${quote(resourceMetadata)}`,
  ].filter((parameter) => parameter !== undefined);
  // RFC 6750 §3: the scheme is followed by at least one parameter
  return `${scheme} ${written.length === 0 ? 'realm="mcp"' : written.join(', ')}`;
}

/** RFC 6750 §3: each scope once, legal ones only, one space between; no parameter at all where there is none. */
function formatScope(scopes: readonly string[]): string | undefined {
  const legal = new Set(scopes.filter(isScopeToken));
  return legal.size === 0 ? undefined : `scope=${quote([...legal].join(' '))}`;
}

/** RFC 9110 §5.6.4 quoted-string; RFC 9110 §5.5: a header value has no control characters. */
function quote(value: string): string {
  const printable = value.replaceAll(/[^\x20-\x7e]/g, '');
  return `"${printable.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** RFC 6750 §3: descriptions exclude double quote and backslash altogether, so there is nothing to escape. */
function toDescription(text: string): string {
  return text.replaceAll(/["\\]/g, "'");
}
