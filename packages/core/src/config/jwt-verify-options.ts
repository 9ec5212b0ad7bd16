import { isSupportedAlgorithm, normalizeType, supportedAlgorithms } from '../token/algorithms.js';
import { type ConfirmationMethod, noConfirmations } from '../token/confirmation.js';
import type { NameHints } from '../errors/unknown-option.js';
import { type Described, either, list, withDefaults } from './check-options.js';
import { headers, normalizeHeaders } from './headers.js';
import { duration, kind, maxTokenBytes, number, string, text, timeoutMs, toSeconds } from './kinds.js';
import { aheadToleranceSeconds, expiryToleranceSeconds } from '../token/time-tolerance.js';
import { defaultMaxKeys } from '../keys/parse-key-set.js';
import type { JwtRules } from '../verifier/jwt-verifier.js';

/** Options of JWT verification, under jose's names. `issuer`, `audience` and `crit` are not among them: the configuration of the resource decides these. */
export interface JwtVerifyOptions {
  /** Algorithms to accept, a subset of the asymmetric ones this library supports. Default: all of these. */
  readonly algorithms?: readonly string[] | undefined;
  /**
   * Seconds (or a string such as `30s`) that clocks may differ, for `exp`, `nbf` and `iat` alike. At most 300: more keeps expired
   * tokens alive. Default: 5 for `exp`; `nbf` and `iat` may be up to 60 ahead.
   */
  readonly clockTolerance?: number | string | undefined;
  /** Seconds (or a string such as `1h`) since `iat` after which a token is refused. Default: no limit but `exp`. */
  readonly maxTokenAge?: number | string | undefined;
  /**
   * Claims a token must have in addition to `iss`, `aud` and `exp`; a strict profile of RFC 9068 §2.2 names `sub`, `client_id`,
   * `iat` and `jti`. Default: none.
   */
  readonly requiredClaims?: readonly string[] | undefined;
  /** The only `sub` to accept. Default: any. */
  readonly subject?: string | undefined;
  /**
   * The only `typ` to accept, or the only ones; `at+jwt` is the strict profile of RFC 9068 §4. A token without `typ` is then denied.
   * A type that is named here, other than `JWT`, says that its tokens are access tokens, though they have a `nonce`.
   * Default: none, `JWT` or `at+jwt`.
   */
  readonly typ?: string | readonly string[] | undefined;
  /** Fixes the clock, for tests. Default: the time of the request. */
  readonly currentDate?: Date | undefined;
}

/** RFC 6838 §4.2, without the wildcard of `Accept`: a token whose type is to be any of several is none that a list can name. */
const mediaType = kind<string>(
  'a media type such as "at+jwt", without wildcards and spaces',
  (value) => typeof value === 'string' && /^[\w!#$&^.+-]+(?:\/[\w!#$&^.+-]+)?$/.test(value),
  { shown: true },
);

export const jwtVerifyOptions = {
  algorithms: kind<readonly string[]>(
    `a list of at least one of ${supportedAlgorithms.join(', ')}, and nothing else`,
    (value) => Array.isArray(value) && value.length > 0 && value.every(isSupportedAlgorithm),
  ),
  // RFC 9068 §4: a small leeway, a few minutes at most
  clockTolerance: duration(300, ': more keeps expired tokens alive (RFC 9068 §4)'),
  maxTokenAge: duration(),
  requiredClaims: list(text),
  subject: string,
  typ: either(mediaType, list(mediaType, { nonEmpty: true })),
  currentDate: kind<Date>('a valid Date', (value) => value instanceof Date && !Number.isNaN(value.getTime())),
} satisfies Described<JwtVerifyOptions>;

/** Options of jose that would weaken or contradict the configuration. */
export const jwtVerifyHints: NameHints = {
  refused: {
    issuer:
      'cannot be set here. Trusted issuers are those of the authorizationServers of the resource; use tokenIssuers there.',
    audience:
      'cannot be set here. Use the option audience of bearerAuth, or audiences of the authorization server.',
    crit: 'cannot be set here. A token that demands header extensions is refused.',
  },
};

/** What checked options stand for. */
export function resolveJwtRules(
  options: JwtVerifyOptions | undefined,
  nowMs: () => number,
  maxBytes: number = maxTokenBytes.default,
  confirmations: ReadonlySet<ConfirmationMethod> = noConfirmations,
): JwtRules {
  const { clockTolerance, maxTokenAge, requiredClaims = [], subject, typ, currentDate } = options ?? {};
  const fixed = currentDate?.getTime();
  const algorithms = new Set(options?.algorithms ?? supportedAlgorithms);
  const types = typ === undefined ? undefined : [...new Set([typ].flat().map(normalizeType))].sort();
  const tolerance = clockTolerance === undefined ? undefined : (toSeconds(clockTolerance) ?? 0);
  const times = {
    expiryToleranceSeconds: tolerance ?? expiryToleranceSeconds,
    aheadToleranceSeconds: tolerance ?? aheadToleranceSeconds,
    maxTokenAgeSeconds: maxTokenAge === undefined ? undefined : toSeconds(maxTokenAge),
  };
  const identity = {
    ...{ algorithms: [...algorithms], types, ...times, fixed, requiredClaims, subject, maxBytes },
    confirmations: [...confirmations].sort(),
  };
  return {
    id: JSON.stringify(identity),
    maxTokenBytes: maxBytes,
    header: { algorithms, types: types && new Set(types) },
    time: { now: fixed === undefined ? (reading = nowMs()) => reading / 1000 : () => fixed / 1000, ...times },
    requiredClaims: [...requiredClaims],
    subject,
    confirmations,
  };
}

/** How the key set of an authorization server is fetched and kept. Names and units are jose's, where jose has them. */
export interface RemoteJwkSetOptions {
  /**
   * Milliseconds a fetched key set counts as fresh at most; a shorter `max-age` of the server shortens it down to 30 s, and `no-cache`
   * and `no-store` to 30 s. Default: 600000. A longer time lets a withdrawn key verify for longer.
   */
  readonly cacheMaxAge?: number | undefined;
  /**
   * Milliseconds from one fetch because of a token that no known key verifies to the next. Default: 5000. A shorter time lets
   * hostile tokens cause more fetches; a longer one may delay a rotated key for as long, with 503, while such tokens come.
   */
  readonly cooldownDuration?: number | undefined;
  /** Milliseconds for one fetch, body included. Default: 5000. */
  readonly timeoutDuration?: number | undefined;
  /**
   * Further request headers for the fetch, sent to the key set of every authorization server of the resource. Default: none. A secret
   * for one of them belongs in its `requestHeaders`.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Milliseconds beyond freshness during which known keys go on verifying while the key set cannot be fetched.
   * Default: 7200000 (two hours). 0 refuses all tokens as soon as an outage outlasts freshness.
   */
  readonly staleMaxAge?: number | undefined;
  /**
   * Most keys that a set may hold; a larger one is an error of the server. Default: 100. The bound of 512 KiB stays. A token that
   * names no key is tried with the first 16 that fit, no matter how many there are.
   */
  readonly maxKeys?: number | undefined;
}

export interface KeySetSettings {
  /** Equal for equal settings. */
  readonly id: string;
  readonly maxAgeMs: number;
  readonly cooldownMs: number;
  readonly timeoutMs: number;
  readonly staleMs: number;
  readonly maxKeys: number;
  readonly headers: Readonly<Record<string, string>> | undefined;
}

export const remoteJwkSetOptions = {
  cacheMaxAge: number({
    unit: 'milliseconds',
    min: 1000,
    default: 600_000,
    note: 'or every request fetches the key set',
  }),
  cooldownDuration: number({
    unit: 'milliseconds',
    min: 1000,
    default: 5000,
    note: 'or hostile tokens decide how often the key set is fetched',
  }),
  timeoutDuration: timeoutMs,
  headers,
  staleMaxAge: number({ unit: 'milliseconds', min: 0, default: 7_200_000 }),
  maxKeys: number({ min: 1, max: 5000, whole: true, default: defaultMaxKeys }),
} satisfies Described<RemoteJwkSetOptions>;

/** What checked options stand for. */
export function resolveKeySetSettings(options?: RemoteJwkSetOptions): KeySetSettings {
  const {
    cacheMaxAge,
    cooldownDuration,
    timeoutDuration,
    headers: further,
    staleMaxAge,
    maxKeys,
  } = withDefaults(options, remoteJwkSetOptions);
  const settings = {
    maxAgeMs: cacheMaxAge,
    cooldownMs: cooldownDuration,
    timeoutMs: timeoutDuration,
    staleMs: staleMaxAge,
    maxKeys,
    headers: normalizeHeaders(further),
  };
  return { id: JSON.stringify(settings), ...settings };
}
