import { isScopeToken } from '../scopes/scopes.js';

/** Error codes that a Bearer challenge may carry (RFC 6750 §3.1). */
export type ChallengeError = 'invalid_request' | 'invalid_token' | 'insufficient_scope';

/** Parameters of a Bearer challenge (RFC 6750 §3, RFC 9728 §5.1). Each occurs at most once. */
export interface ChallengeParameters {
  readonly error?: ChallengeError | undefined;
  readonly errorDescription?: string | undefined;
  readonly scope?: readonly string[] | undefined;
  /** Absolute URL. Absent only where no such document is published, in legacy mode. */
  readonly resourceMetadata: string | undefined;
}

/**
 * Writes the value of a `WWW-Authenticate` field (RFC 9110 §11.6.1): scheme Bearer, every value a quoted string.
 *
 * Whatever a value holds, the result is one well-formed challenge in printable ASCII.
 */
export function formatChallenge(parameters: ChallengeParameters): string {
  const { error, errorDescription, scope, resourceMetadata } = parameters;
  const written = [
    error === undefined ? undefined : `error=${quote(error)}`,
    errorDescription === undefined
      ? undefined
      : `error_description=${quote(toDescription(errorDescription))}`,
    formatScope(scope ?? []),
    resourceMetadata === undefined ? undefined : `resource_metadata=${quote(resourceMetadata)}`,
  ].filter((parameter) => parameter !== undefined);
  // RFC 6750 §3: the scheme is followed by at least one parameter
  return `Bearer ${written.length === 0 ? 'realm="mcp"' : written.join(', ')}`;
}

/** RFC 6750 §3: each scope once, legal ones only, one space between; no parameter at all where there is none. */
function formatScope(scopes: readonly string[]): string | undefined {
  const legal = new Set(scopes.filter(isScopeToken));
  return legal.size === 0 ? undefined : `scope=${quote([...legal].join(' '))}`;
}

/** RFC 9110 §5.6.4 quoted-string; RFC 9110 §5.5: a field value holds no control characters. */
function quote(value: string): string {
  const printable = value.replaceAll(/[^\x20-\x7e]/g, '');
  return `"${printable.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** RFC 6750 §3: descriptions exclude double quote and backslash altogether, so there is nothing to escape. */
function toDescription(text: string): string {
  return text.replaceAll(/["\\]/g, "'");
}
