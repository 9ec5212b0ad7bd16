import { parseChallenges, type Challenge } from '../challenge/parse-challenges.js';
import { checkOneDecision } from './check-decisions.js';
import { checkLeaks } from './check-leaks.js';
import { getFieldLines, readBodyObject, type Exchange } from './exchange.js';

/**
 * Checks what holds for every exchange of every case.
 *
 * A 401 has a challenge; challenges are well-formed, carry registered codes that go with the status, and name the
 * metadata of the configuration; refusals are JSON that nobody may cache and every page may read; a 503 and a 429 say when to
 * come back; the owner is told of one decision, which is the one that was made; no part of a token is anywhere.
 */
export function checkInvariants(exchange: Exchange): string[] {
  return [
    ...checkChallenges(exchange),
    ...checkRefusal(exchange),
    ...checkOneDecision(exchange),
    ...checkLeaks(exchange),
  ];
}

function checkChallenges(exchange: Exchange): string[] {
  const lines = getFieldLines(exchange, 'www-authenticate');
  // RFC 9110 §15.5.2
  if (lines.length === 0) return exchange.response.status === 401 ? ['a 401 without a challenge'] : [];
  try {
    const challenges = parseChallenges(lines);
    const bearer = challenges.filter(({ scheme }) => scheme.toLowerCase() === 'bearer');
    if (bearer.length !== 1 || challenges.length !== 1)
      return ['not exactly one challenge, of scheme Bearer'];
    return bearer.flatMap((challenge) => checkBearerChallenge(challenge, exchange));
  } catch (error) {
    return [`the challenge cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** RFC 6750 §3.1, RFC 9470 §3: which code goes with which status. */
const codes: Readonly<Record<number, readonly (string | undefined)[]>> = {
  400: ['invalid_request'],
  401: [undefined, 'invalid_token', 'insufficient_user_authentication'],
  403: ['insufficient_scope'],
};

/** RFC 6750 §3: characters of `error_description`, and of `scope` with its single spaces. */
const descriptionText = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const scopeText = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;

function checkBearerChallenge({ parameters }: Challenge, exchange: Exchange): string[] {
  const values = new Map(parameters.map(({ name, value }) => [name.toLowerCase(), value]));
  const { status } = exchange.response;
  const scopes = values.get('scope')?.split(' ') ?? [];
  const rules: readonly (readonly [broken: boolean, text: string])[] = [
    [parameters.length === 0, 'has no parameter'],
    [
      !(codes[status] ?? []).includes(values.get('error')),
      `says error ${String(values.get('error'))} with status ${status}`,
    ],
    [
      values.get('resource_metadata') !== exchange.metadataUrl,
      `names resource_metadata ${String(values.get('resource_metadata'))}, expected ${String(exchange.metadataUrl)}`,
    ],
    [parameters.some(({ quoted }) => !quoted), 'has a value that is not a quoted string'],
    [!descriptionText.test(values.get('error_description') ?? ''), 'has a bad error_description'],
    [values.has('scope') && !scopeText.test(values.get('scope') ?? ''), 'has a bad scope'],
    [new Set(scopes).size !== scopes.length, 'names a scope twice'],
    [!/^\S*$/.test(values.get('error_uri') ?? ''), 'has a bad error_uri'],
  ];
  return rules.filter(([broken]) => broken).map(([, text]) => `challenge: ${text}`);
}

function checkRefusal(exchange: Exchange): string[] {
  const { response, request, metadataUrl } = exchange;
  const failures: string[] = [];
  const isForNow = response.status === 503 || response.status === 429;
  if (isForNow && !/^[1-9]\d*$/.test(getFieldLines(exchange, 'retry-after').join()))
    failures.push(`a ${response.status} without a usable Retry-After`);
  if (metadataUrl === undefined || ![400, 401, 403, 413, 415, 429, 503].includes(response.status))
    return failures;
  const first = (name: string) => getFieldLines(exchange, name).join(', ').toLowerCase();
  const isJson = /^application\/json(?:;|$)/.test(first('content-type'));
  if (!isJson || (request.method !== 'HEAD' && readBodyObject(exchange) === undefined))
    failures.push('a refusal that is not a JSON object');
  const isChallenge = first('www-authenticate') !== '';
  if ((isChallenge || isForNow) && !first('cache-control').includes('no-store'))
    failures.push('a refusal that may be cached');
  const exposed = first('access-control-expose-headers').split(/\s*,\s*/);
  if (isChallenge && !exposed.includes('www-authenticate'))
    failures.push('a challenge that pages in a browser cannot read');
  return failures;
}
