import { parseChallenges, type Challenge } from '@mcp-auth/testing';
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
    ...checkNonce(exchange),
    ...checkOneDecision(exchange),
    ...checkLeaks(exchange),
  ];
}

/** RFC 9449 §8.1, §8.2, §9: one, of the characters that are allowed, kept by no cache, and read by pages. */
function checkNonce(exchange: Exchange): string[] {
  const lines = getFieldLines(exchange, 'dpop-nonce');
  if (lines.length === 0) return [];
  const exposed = getFieldLines(exchange, 'access-control-expose-headers').join().toLowerCase();
  const rules: readonly (readonly [broken: boolean, text: string])[] = [
    [lines.length > 1, 'two nonces'],
    [!/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(lines[0] ?? ''), 'a nonce with other characters'],
    [!/no-store/.test(getFieldLines(exchange, 'cache-control').join()), 'a nonce that may be cached'],
    [!exposed.includes('dpop-nonce'), 'a nonce that pages in a browser cannot read'],
  ];
  return rules.filter(([broken]) => broken).map(([, text]) => text);
}

function checkChallenges(exchange: Exchange): string[] {
  const lines = getFieldLines(exchange, 'www-authenticate');
  // RFC 9110 §15.5.2
  if (lines.length === 0) return exchange.response.status === 401 ? ['a 401 without a challenge'] : [];
  try {
    const challenges = parseChallenges(lines);
    const schemes = challenges.map(({ scheme }) => scheme).sort();
    const wanted = schemesOf[exchange.proofMode];
    if (schemes.join() !== wanted.join())
      return [`challenges are of ${schemes.join()}, not ${wanted.join()}`];
    const withError = challenges.filter(({ parameters }) => parameters.some(({ name }) => name === 'error'));
    return [
      ...(withError.length > 1 ? ['two challenges with an error'] : []),
      ...challenges.flatMap((challenge) => checkOneChallenge(challenge, exchange)),
    ];
  } catch (error) {
    return [`the challenge cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** RFC 9449 §7.2: one challenge for each scheme that is taken. */
const schemesOf = { bearer: ['Bearer'], 'dpop-optional': ['Bearer', 'DPoP'], 'dpop-required': ['DPoP'] };

/** RFC 6750 §3.1, RFC 9470 §3: which code goes with which status. */
const bearerCodes: Readonly<Record<number, readonly (string | undefined)[]>> = {
  400: ['invalid_request'],
  401: [undefined, 'invalid_token', 'insufficient_user_authentication'],
  403: ['insufficient_scope'],
};

/** RFC 9449 §7.1, §9. */
const proofCodes = ['invalid_dpop_proof', 'use_dpop_nonce'];

/** RFC 6750 §3: characters of `error_description`, and of `scope` with its single spaces. */
const descriptionText = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const scopeText = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;

function checkOneChallenge({ scheme, parameters }: Challenge, exchange: Exchange): string[] {
  const isDpop = scheme === 'DPoP';
  const values = new Map(parameters.map(({ name, value }) => [name.toLowerCase(), value]));
  const { status } = exchange.response;
  const scopes = values.get('scope')?.split(' ') ?? [];
  const allowed = [
    ...(bearerCodes[status] ?? []),
    // Where both schemes are taken, the error stands on one of them
    ...(exchange.proofMode === 'dpop-optional' ? [undefined] : []),
    ...(isDpop && status === 401 ? proofCodes : []),
  ];
  const rules: readonly (readonly [broken: boolean, text: string])[] = [
    [parameters.length === 0, 'has no parameter'],
    [
      !allowed.includes(values.get('error')),
      `says error ${String(values.get('error'))} with status ${status}`,
    ],
    [
      values.get('resource_metadata') !== exchange.metadataUrl,
      `names resource_metadata ${String(values.get('resource_metadata'))}, expected ${String(exchange.metadataUrl)}`,
    ],
    [
      isDpop !==
        /^(?:[EPR]S(?:256|384|512)|EdDSA|Ed25519)(?: (?:[EPR]S(?:256|384|512)|EdDSA|Ed25519))*$/.test(
          values.get('algs') ?? '',
        ),
      'has bad algs',
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
