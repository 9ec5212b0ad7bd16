import { parseChallenges, type Challenge } from '@mcp-auth/testing';
import { challengeRules, parameterOf, type ChallengeRule } from '../rules/challenge-rules.js';
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

function checkOneChallenge(challenge: Challenge, exchange: Exchange): string[] {
  const { status } = exchange.response;
  const judged = { challenge, status, besideAnother: exchange.proofMode === 'dpop-optional' };
  const rules: readonly ChallengeRule[] = Object.values(challengeRules);
  const named = parameterOf(challenge, 'resource_metadata');
  return [
    ...rules.filter((rule) => rule.isBroken(judged)).map(({ broken }) => broken),
    ...(named === exchange.metadataUrl
      ? []
      : [`names resource_metadata ${String(named)}, expected ${String(exchange.metadataUrl)}`]),
  ].map((text) => `challenge: ${text}`);
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
