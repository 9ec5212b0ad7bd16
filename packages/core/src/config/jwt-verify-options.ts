import { MCPAuthConfigError } from '../errors/config-error.js';
import {
  isSupportedAlgorithm,
  normalizeType,
  supportedAlgorithms,
  type HeaderRules,
} from '../verifier/header-rules.js';
import type { TimeRules } from '../verifier/time-rules.js';
import { parseSeconds } from './duration.js';

/** Options of JWT verification, under jose's names. `issuer`, `audience` and `crit` are not among them: the configuration of the resource decides these. */
export interface JwtVerifyOptions {
  /** Algorithms to accept, a subset of the asymmetric ones this library supports. Default: all of these. */
  readonly algorithms?: readonly string[] | undefined;
  /** Seconds (or text such as `30s`) that clocks may differ. Default: 5. At most 300: more keeps expired tokens alive. */
  readonly clockTolerance?: number | string | undefined;
  /** Seconds (or text such as `1h`) since `iat` after which a token is refused. Default: no limit beside `exp`. */
  readonly maxTokenAge?: number | string | undefined;
  /** Claims a token must have beside `iss`, `aud` and `exp`. RFC 9068 §2.2 demands `sub`, `client_id`, `iat` and `jti`. */
  readonly requiredClaims?: readonly string[] | undefined;
  /** The only `sub` to accept. */
  readonly subject?: string | undefined;
  /** The only `typ` to accept; `at+jwt` is the strict profile of RFC 9068 §4. Default: none, `JWT` or `at+jwt`. */
  readonly typ?: string | undefined;
  /** Fixes the clock, for tests. */
  readonly currentDate?: Date | undefined;
}

export interface JwtRules {
  /** Equal for equal rules. */
  readonly id: string;
  readonly header: HeaderRules;
  readonly time: TimeRules;
  readonly requiredClaims: readonly string[];
  readonly subject: string | undefined;
}

/** RFC 9068 §4: a small leeway, a few minutes at most. */
const maxClockToleranceSeconds = 300;

/** @throws {MCPAuthConfigError} `unsupported_option`, `invalid_option` */
export function resolveJwtRules(
  options: JwtVerifyOptions | undefined,
  path: string,
  nowMs: () => number,
): JwtRules {
  refuseForeignOptions(options, path);
  const clockToleranceSeconds = parseSeconds(options?.clockTolerance ?? 5, `${path}.clockTolerance`);
  if (clockToleranceSeconds > maxClockToleranceSeconds) {
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path}.clockTolerance`,
      `must be at most ${maxClockToleranceSeconds} seconds: more keeps expired tokens alive (RFC 9068 §4).`,
    );
  }
  const fixed = readCurrentDate(options?.currentDate, `${path}.currentDate`);
  const algorithms = resolveAlgorithms(options?.algorithms, `${path}.algorithms`);
  const typ = readText(options?.typ, `${path}.typ`);
  const type = typ === undefined ? undefined : normalizeType(typ);
  const maxTokenAgeSeconds =
    options?.maxTokenAge === undefined ? undefined : parseSeconds(options.maxTokenAge, `${path}.maxTokenAge`);
  const requiredClaims = readRequiredClaims(options?.requiredClaims, `${path}.requiredClaims`);
  const subject = readText(options?.subject, `${path}.subject`);
  const times = { clockToleranceSeconds, maxTokenAgeSeconds };
  return {
    id: JSON.stringify({ algorithms: [...algorithms], type, ...times, fixed, requiredClaims, subject }),
    header: { algorithms, type },
    time: { now: fixed === undefined ? (reading = nowMs()) => reading / 1000 : () => fixed / 1000, ...times },
    requiredClaims,
    subject,
  };
}

function refuseForeignOptions(options: JwtVerifyOptions | undefined, path: string): void {
  for (const name of ['issuer', 'audience', 'crit'] as const) {
    if (options === undefined || (options as Readonly<Record<string, unknown>>)[name] === undefined) continue;
    const instead = {
      issuer:
        'Trusted issuers are those of the authorizationServers of the resource; use tokenIssuers there.',
      audience: 'Use the option audience of bearerAuth, or audiences of the authorization server.',
      crit: 'A token that demands header extensions is refused.',
    }[name];
    throw new MCPAuthConfigError('unsupported_option', `${path}.${name}`, `cannot be set here. ${instead}`);
  }
}

function readRequiredClaims(claims: unknown, path: string): readonly string[] {
  if (claims === undefined) return [];
  if (Array.isArray(claims) && claims.every((claim) => typeof claim === 'string'))
    return [...(claims as readonly string[])];
  throw new MCPAuthConfigError('invalid_option', path, 'must be a list of claim names.');
}

function readText(text: unknown, path: string): string | undefined {
  if (text === undefined || typeof text === 'string') return text;
  throw new MCPAuthConfigError('invalid_option', path, 'must be a string.');
}

function readCurrentDate(date: unknown, path: string): number | undefined {
  if (date === undefined) return undefined;
  if (date instanceof Date && !Number.isNaN(date.getTime())) return date.getTime();
  throw new MCPAuthConfigError('invalid_option', path, 'must be a valid Date.');
}

function resolveAlgorithms(option: readonly string[] | undefined, path: string): ReadonlySet<string> {
  if (option === undefined) return new Set(supportedAlgorithms);
  // Of a text the set below would be its letters
  const algorithms: readonly unknown[] = Array.isArray(option) ? option : [];
  const unsupported = algorithms.filter((algorithm) => !isSupportedAlgorithm(algorithm));
  if (unsupported.length > 0 || algorithms.length === 0) {
    const names = supportedAlgorithms.join(', ');
    throw new MCPAuthConfigError(
      'invalid_option',
      path,
      `must list at least one of ${names} and nothing else.`,
    );
  }
  return new Set(option);
}
