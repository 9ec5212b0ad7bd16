import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { type FetchJsonOptions, fetchJson } from '../net/fetch-json.js';
import { readAgeMs, readFreshness } from '../net/freshness.js';
import type { Clock } from '../net/environment.js';
import { aheadToleranceSeconds } from '../token/time-tolerance.js';
import { describeLeftOut, type LeftOutKey, parseKeySet } from './parse-key-set.js';
import type { PublicJwk } from './public-jwk.js';

/** A key set as it was fetched. All times in milliseconds since the epoch. */
export interface FetchedKeySet {
  readonly keys: readonly PublicJwk[];
  /** What else it holds: keys that exist and must not verify. */
  readonly leftOut: readonly LeftOutKey[];
  /** It holds what its issuer published until this time, if not later. */
  readonly asOf: number;
  readonly fetchedAt: number;
  /** For how long it counts as fresh, in milliseconds. */
  readonly freshMs: number;
}

export interface FetchKeySetOptions extends Omit<FetchJsonOptions, 'mediaTypes'> {
  readonly now: Clock;
  /** Longest time a set counts as fresh, no matter what its `Cache-Control` says. */
  readonly maxAgeMs: number;
  /** Most keys of one set. */
  readonly maxKeys: number;
  /** Called for each key that is left out, up to a bound, whenever the set is fetched. */
  readonly onWarning: (message: string) => void;
}

const minimumFreshMs = 30_000;

/**
 * Fetches a key set; keys that are known already keep their objects.
 *
 * @param known - asked when the set has come: another may have come before it
 * @throws {MCPAuthAuthServerError}
 */
export async function fetchKeySet(
  url: string,
  { now, maxAgeMs, maxKeys, onWarning, ...options }: FetchKeySetOptions,
  known: () => readonly PublicJwk[],
): Promise<FetchedKeySet> {
  const startedAt = now();
  const mediaTypes = ['application/jwk-set+json'];
  const { body, headers, otherMediaType } = await fetchJson(url, { ...options, mediaTypes });
  const { keys: parsed, leftOut } = parseKeySet(body, url, maxKeys);
  // RFC 7517 §8.5 demands no media type; this one says that the body is something else
  if (otherMediaType === 'text/html')
    onWarning(`${url}: the key set is served as "text/html". It is read here.`);
  for (const sentence of describeLeftOut(leftOut)) {
    onWarning(`${url}: ${sentence}. Tokens that are signed with it are refused.`);
  }
  const keys = keepKnownKeys(parsed, known());
  const bounds = { minimumMs: Math.min(minimumFreshMs, maxAgeMs), maximumMs: maxAgeMs };
  const freshMs = readFreshness(headers, bounds);
  // What a cache on the way had kept is as old as it says (RFC 9111 §5.1)
  return { keys, leftOut, asOf: startedAt - readAgeMs(headers), fetchedAt: now(), freshMs };
}

/**
 * Whether a set is so much newer than a token that it would have its key: whoever signs with a key has published it.
 *
 * @param iat - in seconds, as the token claims it; without a usable one nothing is known
 */
export function isNewerThanToken(set: FetchedKeySet, iat: number | undefined): boolean {
  if (iat === undefined || !Number.isFinite(iat)) return false;
  return set.asOf > (iat + aheadToleranceSeconds) * 1000;
}

/** Keeps the objects of keys that did not change, so that imports and earlier verdicts stay valid for them. */
function keepKnownKeys(fetched: readonly PublicJwk[], known: readonly PublicJwk[]): readonly PublicJwk[] {
  const bySpelling = new Map(known.map((key) => [JSON.stringify(key), key]));
  return fetched.map((key) => bySpelling.get(JSON.stringify(key)) ?? key);
}

/** What a fetch threw, as an error of the server. */
export function asFault(error: unknown, url: string): MCPAuthAuthServerError {
  if (error instanceof MCPAuthAuthServerError) return error;
  return new MCPAuthAuthServerError('request_failed', `${url} could not be read`, {
    cause: error,
    details: { url },
  });
}
