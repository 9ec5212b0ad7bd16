import { describeProofError, isProofErrorCode } from '../errors/proof-error.js';
import { describeBearerAuthError, isBearerAuthErrorCode } from '../errors/bearer-auth-error.js';
import { describeTokenError } from '../errors/token-error.js';
import { documentationUrl } from '../errors/documentation.js';
import type { AllowedDecision, DeniedDecision, DenialCode, ObservedDenial } from './decision-event.js';
import type { EventStamp } from './events.js';
import { type Fact, printable } from './facts.js';

/** A denial as a listener gets it. */
export type DenialEvent = DeniedDecision & EventStamp;

/**
 * Why a request was denied, for its owner: expected and actual where they are known, and who the client says it is. One line, without a
 * subject unless that is asked for.
 *
 * @param options.subject - whether the user is named (`sub`): personal data. Default: false
 * @see {@link DenialEvent}
 * @example
 * ```ts
 * import { describeDenial, type MCPAuthEvent } from '@mcp-auth/core';
 *
 * export const toLine = (event: MCPAuthEvent) =>
 *   event.type === 'decision' && event.outcome === 'deny' ? describeDenial(event) : undefined;
 * ```
 */
export function describeDenial(
  event: DenialEvent,
  { subject = false }: { readonly subject?: boolean } = {},
): string {
  const about = event.operations?.map(({ method, target }) =>
    target === undefined ? method : `${method} ${quote(target)}`,
  );
  const hint = event.hint ?? findFix(event);
  const operations = about === undefined ? '' : ` [${printable(about.join(', '), 300)}]`;
  const said = event.reason === undefined ? '' : `, ${quote(event.reason)}`;
  return `${describeReason(event, event.time)}${said}${operations}${nameCaller(event, subject)}${hint === undefined ? '' : `. ${hint}`}`;
}

/** A request that passed, and would have been denied: one line, without a number that grows. */
export function describeObserved(event: AllowedDecision & EventStamp, observed: ObservedDenial): string {
  const { httpMethod = 'verifyAccessToken', route, caller, operations = [] } = event;
  const about = operations.map(({ method, target }) =>
    target === undefined ? method : `${method} ${quote(target)}`,
  );
  const what = about.length === 0 ? '' : ` [${printable(about.join(', '), 300)}]`;
  const who = caller?.clientId === undefined ? '' : ` (client ${quote(caller.clientId)})`;
  const reason = describeReason({ ...event, code: observed.code }, event.time);
  return `observed ${httpMethod} ${route} ${observed.code}: ${reason}${what}${who}. It passes until the end of ${observed.until} (UTC) → ${documentationUrl('errors', observed.code)}`;
}

/** What to do about it, in few words; the page of the code says more. */
const fixes: Readonly<Partial<Record<DenialCode, string>>> = {
  untrusted_issuer: 'If that is a provider of yours, name it in authorizationServers',
  wrong_audience:
    'If the provider has another name for this resource, write it as audience on the route; else the client asked for another resource',
  missing_audience:
    'Have the provider write the resource into aud, or use its policy of @mcp-auth/core/providers',
  malformed_token:
    "If the provider issues opaque tokens, configure introspection and write bearerAuth('auto')",
  not_an_access_token: 'The client must send its access token, and no ID token or refresh token',
  unsupported_type: 'The client must send its access token; if this is one, name its typ in jwtVerify',
  token_not_yet_valid: 'Set the clocks of this machine and of the provider',
  issued_in_future: 'Set the clocks of this machine and of the provider',
  token_expired: 'The client should refresh it; if it has just got it, set the clock of this machine',
  unsupported_scheme: 'Tokens are sent as Authorization: Bearer',
};

/** RFC 7519 §2, NumericDate. */
function findFix({ code, claim, actual, caller, claimed }: DeniedDecision): string | undefined {
  const isTime = claim === 'exp' || claim === 'iat' || claim === 'nbf';
  if (code === 'invalid_claim' && isTime && typeof actual === 'number' && actual > 1e11) {
    return `${claim} must be seconds since 1970; this looks like milliseconds`;
  }
  // OpenID Connect Core §2: aud of an ID token is the client
  const client = caller?.clientId ?? claimed?.clientId;
  if (code === 'wrong_audience' && client !== undefined && [actual].flat().join(' ') === client) {
    return 'It is for the client itself, as ID tokens are: the client must send its access token; if this is one, it was not asked for with this resource';
  }
  return fixes[code];
}

/** What speaks against a token or a request: both values, where they are known. */
export interface DenialReason {
  readonly code: DenialCode;
  readonly resource: string;
  readonly required: readonly string[];
  readonly claim?: string | undefined;
  readonly expected?: Fact | undefined;
  readonly actual?: Fact | undefined;
  readonly granted?: readonly string[] | undefined;
}

/**
 * The sentence for a reason, in its owner's words.
 *
 * @param now - milliseconds since the epoch, from which distances are told
 */
export function describeReason(reason: DenialReason, now: number): string {
  const { code, expected, actual, claim, resource, required, granted = [] } = reason;
  const seen = actual === undefined ? undefined : list(actual);
  const wanted = expected === undefined ? undefined : list(expected);
  switch (code) {
    case 'wrong_audience':
      return `the token is for ${seen ?? 'another resource'}, this resource is ${wanted ?? quote(resource)}`;
    case 'missing_audience':
      return `the token names no audience (aud), this resource is ${wanted ?? quote(resource)}`;
    case 'untrusted_issuer':
      return `the token is from ${seen ?? 'somebody else'}, trusted is ${wanted ?? 'nobody'}`;
    case 'insufficient_scope':
      return `needs ${listScopes(required)}, the token grants ${listScopes(granted)}`;
    case 'token_expired':
    case 'token_not_yet_valid':
    case 'issued_in_future':
    case 'token_too_old':
      return typeof actual === 'number'
        ? `${describeCode(code)}: ${claim ?? 'time'} is ${describeTime(actual, now)}`
        : describeCode(code);
    case 'insufficient_user_authentication':
      return claim === 'auth_time' && typeof actual === 'number'
        ? `${describeCode(code)}: the login was ${describeTime(actual, now)}, expected ${expected === undefined ? 'a later one' : String(expected)}`
        : describeCode(code) + describeDifference(claim, wanted, seen);
    default:
      return describeCode(code) + describeDifference(claim ?? subjects[code], wanted, seen);
  }
}

/** What these codes are about: members of the header (RFC 7515 §4.1), and the body. */
const subjects: Readonly<Partial<Record<DenialCode, string>>> = {
  unsupported_algorithm: 'alg',
  unsupported_type: 'typ',
  unknown_key: 'kid',
  unsuitable_key: 'kid',
  unreadable_body: 'the body',
};

function describeDifference(
  claim: string | undefined,
  wanted: string | undefined,
  seen: string | undefined,
): string {
  const name = claim === undefined ? '' : ` ${printable(claim, 60)}`;
  if (seen !== undefined && wanted !== undefined) return `:${name} is ${seen}, expected ${wanted}`;
  if (seen !== undefined) return `:${name} is ${seen}`;
  if (wanted !== undefined) return `:${name} is absent, expected ${wanted}`;
  return claim === undefined ? '' : ` (${name.trimStart()})`;
}

/** A time as a date, and how far away it is; a number that is not a date as it stands. */
function describeTime(seconds: number, now: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return String(seconds);
  const distance = Math.round(seconds - now / 1000);
  return `${date.toISOString().replace('.000Z', 'Z')}, ${span(Math.abs(distance))} ${distance < 0 ? 'ago' : 'ahead'}`;
}

function span(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}

/** Who calls, or says to: the client, and the user where that is asked for. */
function nameCaller({ caller, claimed }: DeniedDecision, withSubject: boolean): string {
  const { subject, clientId } = caller ?? claimed ?? {};
  const names = [
    ...(withSubject && subject !== undefined ? [`subject ${quote(subject)}`] : []),
    ...(clientId === undefined ? [] : [`client ${quote(clientId)}`]),
    ...(caller === undefined ? ['unverified'] : []),
  ];
  const isNamed = names.length > (caller === undefined ? 1 : 0);
  return isNamed ? ` (${names.join(', ')})` : '';
}

function listScopes(scopes: readonly string[]): string {
  return scopes.length === 0 ? 'no scope' : quote(scopes.join(' '));
}

function list(fact: Fact): string {
  if (typeof fact === 'object') return fact.length === 0 ? 'nothing' : fact.map(quote).join(' or ');
  return typeof fact === 'string' ? quote(fact) : String(fact);
}

/** Its values were made printable when the event was made. */
function quote(text: string): string {
  return `"${text.replaceAll('"', "'")}"`;
}

function describeCode(code: DenialCode): string {
  if (code === 'authorization_server_unavailable') {
    return 'The authorization server cannot be reached, so nobody can tell whether the token is good';
  }
  if (code === 'verification_failed')
    return 'The function that verifies tokens, or that tells who sends them, failed';
  if (isProofErrorCode(code)) return describeProofError(code);
  return isBearerAuthErrorCode(code) ? describeBearerAuthError(code) : describeTokenError(code);
}
