import { mergeHeaders } from '../http/merge-headers.js';
import type { HeaderList, RefuseDecision } from '../http/answer.js';
import type { AuthenticationNeed } from '../policy/authentication-need.js';
import { isScopeToken } from '../scopes/scopes.js';

/** Error codes that a Bearer challenge may carry (RFC 6750 §3.1, RFC 9470 §3). */
export type ChallengeError =
  'invalid_request' | 'invalid_token' | 'insufficient_scope' | 'insufficient_user_authentication';

/** Parameters of a Bearer challenge (RFC 6750 §3, RFC 9470 §3, RFC 9728 §5.1). Each occurs at most once. */
export interface ChallengeParameters {
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
 * Writes the value of a `WWW-Authenticate` header (RFC 9110 §11.6.1): scheme Bearer, every value a quoted string.
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
  const { error, errorDescription, acrValues, maxAge, scope, resourceMetadata } = parameters;
  const written = [
    error === undefined ? undefined : `error=${quote(error)}`,
    errorDescription === undefined
      ? undefined
      : `error_description=${quote(toDescription(errorDescription))}`,
    acrValues === undefined ? undefined : `acr_values=${quote(acrValues.join(' '))}`,
    maxAge === undefined ? undefined : `max_age=${quote(String(maxAge))}`,
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

/** RFC 9110 §5.6.4 quoted-string; RFC 9110 §5.5: a header value has no control characters. */
function quote(value: string): string {
  const printable = value.replaceAll(/[^\x20-\x7e]/g, '');
  return `"${printable.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** RFC 6750 §3: descriptions exclude double quote and backslash altogether, so there is nothing to escape. */
function toDescription(text: string): string {
  return text.replaceAll(/["\\]/g, "'");
}

/** What every refusal of one gate has in common. */
export interface RefusalContext {
  /** Absent in legacy mode. */
  readonly resourceMetadataUrl: string | undefined;
  /** Scopes that a 401 names, so that the client asks for enough at its first login. */
  readonly scopes: readonly string[];
}

/** RFC 9110 §11.6.1 with the Fetch standard: a browser client sees the challenge only where it is exposed. */
const common: HeaderList = [
  ['Content-Type', 'application/json'],
  ['Cache-Control', 'no-store'],
  ['Access-Control-Expose-Headers', 'WWW-Authenticate'],
];

/** RFC 6750 §3.1: no error code when no credentials were sent. */
export function refuseWithoutCredentials(context: RefusalContext): RefuseDecision {
  const challenge = formatChallenge({ scope: context.scopes, resourceMetadata: context.resourceMetadataUrl });
  const body = {
    message: 'This resource requires an access token.',
    ...(context.resourceMetadataUrl === undefined
      ? undefined
      : { resource_metadata: context.resourceMetadataUrl }),
  };
  return refuse(401, challenge, body);
}

/** 400 `invalid_request` or 401 `invalid_token` (RFC 6750 §3.1). */
export function refuseCredentials(
  context: RefusalContext,
  error: 'invalid_request' | 'invalid_token',
  description: string,
): RefuseDecision {
  const challenge = formatChallenge({
    error,
    errorDescription: description,
    scope: error === 'invalid_token' ? context.scopes : undefined,
    resourceMetadata: context.resourceMetadataUrl,
  });
  return refuse(error === 'invalid_request' ? 400 : 401, challenge, {
    error,
    error_description: description,
  });
}

/** 403 `insufficient_scope`, naming all that is needed in one challenge (MCP Authorization, Runtime Insufficient Scope Errors). */
export function refuseScope(context: RefusalContext, scopes: readonly string[]): RefuseDecision {
  const error = 'insufficient_scope';
  const description = 'The access token does not cover this operation';
  const challenge = formatChallenge({
    error,
    errorDescription: description,
    scope: scopes,
    resourceMetadata: context.resourceMetadataUrl,
  });
  return refuse(403, challenge, { error, error_description: description, scope: scopes.join(' ') });
}

/** 401 `insufficient_user_authentication`: the token is good, the login behind it is not enough (RFC 9470 §3). */
export function refuseLogin(
  context: RefusalContext,
  { acrValues, maxAgeSeconds }: AuthenticationNeed,
  scope: readonly string[],
): RefuseDecision {
  const error = 'insufficient_user_authentication';
  const description = 'Another or a more recent login is needed for this operation';
  const challenge = formatChallenge({
    error,
    errorDescription: description,
    acrValues,
    maxAge: maxAgeSeconds,
    scope,
    resourceMetadata: context.resourceMetadataUrl,
  });
  return refuse(401, challenge, { error, error_description: description });
}

/** RFC 9110 §15.6.4. No challenge: the client's token is not at fault and must not be thrown away. */
export function refuseForOutage(retryAfterSeconds: number): RefuseDecision {
  return refuseForNow(503, retryAfterSeconds, {
    error: 'temporarily_unavailable',
    error_description:
      'The authorization server of this resource cannot be reached. Try again later with the same token.',
  });
}

/** RFC 6585 §4. No challenge: it would have clients throw their tokens away and log in. */
export function refuseForAttempts(retryAfterSeconds: number): RefuseDecision {
  return refuseForNow(429, retryAfterSeconds, {
    error: 'too_many_attempts',
    error_description: 'Too many attempts with bad credentials came from here. Try again later.',
  });
}

function refuseForNow(
  status: number,
  retryAfterSeconds: number,
  body: Readonly<Record<string, string>>,
): RefuseDecision {
  return freezeRefusal({
    kind: 'refuse',
    status,
    headers: mergeHeaders(common, [
      ['Retry-After', String(retryAfterSeconds)],
      ['Access-Control-Expose-Headers', 'Retry-After'],
    ]),
    body: JSON.stringify(body),
  });
}

function refuse(status: number, challenge: string, body: Readonly<Record<string, string>>): RefuseDecision {
  return freezeRefusal({
    kind: 'refuse',
    status,
    headers: [['WWW-Authenticate', challenge], ...common],
    body: JSON.stringify(body),
  });
}

/** A refusal is built once and answers many requests. */
export function freezeRefusal(refusal: RefuseDecision): RefuseDecision {
  for (const field of refusal.headers) Object.freeze(field);
  Object.freeze(refusal.headers);
  return Object.freeze(refusal);
}
