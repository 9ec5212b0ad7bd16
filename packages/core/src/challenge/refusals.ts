import type { TokenScheme } from '../credentials/read-credentials.js';
import { mergeHeaders } from '../http/merge-headers.js';
import type { HeaderList, RefuseDecision } from '../http/answer.js';
import type { AuthenticationNeed } from '../policy/authentication-need.js';
import { type ChallengeParameters, formatChallenge } from './format-challenge.js';

/** What every refusal of one gate has in common. */
export interface RefusalContext {
  /** Absent in legacy mode. */
  readonly resourceMetadataUrl: string | undefined;
  /** Scopes that a 401 names, so that the client asks for enough at its first login. */
  readonly scopes: readonly string[];
  /** Present where the scheme DPoP is taken. */
  readonly proofs?: AcceptedProofs | undefined;
  /** The scheme of the request: errors are about it (RFC 9449 §7.1, §7.2). */
  readonly scheme?: TokenScheme | undefined;
}

/** The proofs that a route takes next to tokens. */
export interface AcceptedProofs {
  /** Whether the scheme Bearer is not taken. */
  readonly isRequired: boolean;
  readonly algorithms: readonly string[];
}

/**
 * One challenge for each scheme that is taken, Bearer first: clients that know no other read no further. Errors stand on the one
 * that the request came with.
 */
function writeChallenges(
  { resourceMetadataUrl: resourceMetadata, proofs, scheme = 'bearer' }: RefusalContext,
  parameters: Omit<ChallengeParameters, 'resourceMetadata' | 'scheme' | 'algs'>,
): readonly string[] {
  if (proofs === undefined) return [formatChallenge({ ...parameters, resourceMetadata })];
  const { isRequired, algorithms: algs } = proofs;
  const other = { scope: parameters.scope, resourceMetadata };
  const told = { ...parameters, resourceMetadata };
  const isDpop = scheme === 'dpop' || isRequired;
  return [
    ...(isRequired ? [] : [formatChallenge(isDpop ? other : told)]),
    formatChallenge({ ...(isDpop ? told : other), scheme: 'DPoP', algs }),
  ];
}

/** RFC 9110 §11.6.1 with the Fetch standard: a browser client sees the challenge only where it is exposed. */
const common: HeaderList = [
  ['Content-Type', 'application/json'],
  ['Cache-Control', 'no-store'],
  ['Access-Control-Expose-Headers', 'WWW-Authenticate'],
];

/** RFC 6750 §3.1: no error code when no credentials were sent. */
export function refuseWithoutCredentials(context: RefusalContext): RefuseDecision {
  const body = {
    message: 'This resource requires an access token.',
    ...(context.resourceMetadataUrl === undefined
      ? undefined
      : { resource_metadata: context.resourceMetadataUrl }),
  };
  return refuse(401, writeChallenges(context, { scope: context.scopes }), body);
}

/** 400 `invalid_request` or 401 `invalid_token` (RFC 6750 §3.1). */
export function refuseCredentials(
  context: RefusalContext,
  error: 'invalid_request' | 'invalid_token',
  description: string,
): RefuseDecision {
  const challenges = writeChallenges(context, {
    error,
    errorDescription: description,
    scope: error === 'invalid_token' ? context.scopes : undefined,
  });
  return refuse(error === 'invalid_request' ? 400 : 401, challenges, {
    error,
    error_description: description,
  });
}

/** 403 `insufficient_scope`, naming all that is needed in one challenge (MCP Authorization, Runtime Insufficient Scope Errors). */
export function refuseScope(context: RefusalContext, scopes: readonly string[]): RefuseDecision {
  const error = 'insufficient_scope';
  const description = 'The access token does not cover this operation';
  const challenges = writeChallenges(context, { error, errorDescription: description, scope: scopes });
  return refuse(403, challenges, { error, error_description: description, scope: scopes.join(' ') });
}

/** 401 `insufficient_user_authentication`: the token is good, the login behind it is not enough (RFC 9470 §3). */
export function refuseLogin(
  context: RefusalContext,
  { acrValues, maxAgeSeconds }: AuthenticationNeed,
  scope: readonly string[],
): RefuseDecision {
  const error = 'insufficient_user_authentication';
  const description = 'Another or a more recent login is needed for this operation';
  const challenges = writeChallenges(context, {
    error,
    errorDescription: description,
    acrValues,
    maxAge: maxAgeSeconds,
    scope,
  });
  return refuse(401, challenges, { error, error_description: description });
}

/**
 * 401 `invalid_dpop_proof`, or `use_dpop_nonce` with a nonce for the next proof (RFC 9449 §7.1, §9).
 *
 * @param description - a fixed text
 */
export function refuseProof(context: RefusalContext, description: string, nonce?: string): RefuseDecision {
  const error = nonce === undefined ? 'invalid_dpop_proof' : 'use_dpop_nonce';
  const challenges = writeChallenges(
    { ...context, scheme: 'dpop' },
    { error, errorDescription: description, scope: context.scopes },
  );
  const refusal = refuse(401, challenges, { error, error_description: description });
  if (nonce === undefined) return refusal;
  return freezeRefusal({ ...refusal, headers: mergeHeaders(refusal.headers, toNonceHeaders(nonce)) });
}

/** RFC 9449 §8.2. A nonce is for one client: no cache may keep it, and a page has to be able to read it. */
export function toNonceHeaders(nonce: string): HeaderList {
  return [
    ['DPoP-Nonce', nonce],
    ['Cache-Control', 'no-store'],
    ['Access-Control-Expose-Headers', 'DPoP-Nonce'],
  ];
}

/** RFC 6585 §4. No challenge: the token is good, and so is the key. */
export function refuseForProofs(retryAfterSeconds: number): RefuseDecision {
  return refuseForNow(429, retryAfterSeconds, {
    error: 'too_many_proofs',
    error_description: 'Too many DPoP proofs of this key came in a short time. Try again later.',
  });
}

/** RFC 9110 §15.6.4. No challenge: nothing is wrong with token and proof. */
export function refuseForClaims(retryAfterSeconds: number): RefuseDecision {
  return refuseForNow(503, retryAfterSeconds, {
    error: 'temporarily_unavailable',
    error_description:
      'Nobody can tell at the moment whether the DPoP proof was used before. Try again later.',
  });
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

function refuse(
  status: number,
  challenges: readonly string[],
  body: Readonly<Record<string, string>>,
): RefuseDecision {
  return freezeRefusal({
    kind: 'refuse',
    status,
    headers: [...challenges.map((challenge) => ['WWW-Authenticate', challenge] as const), ...common],
    body: JSON.stringify(body),
  });
}

/** A refusal is built once and answers many requests. */
export function freezeRefusal(refusal: RefuseDecision): RefuseDecision {
  for (const field of refusal.headers) Object.freeze(field);
  Object.freeze(refusal.headers);
  return Object.freeze(refusal);
}
