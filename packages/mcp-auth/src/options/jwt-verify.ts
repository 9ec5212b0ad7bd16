import { describeValue } from '@mcp-auth/core/adapter';
import type { JwtVerifyOptions } from '@mcp-auth/core';
import type { JWTVerifyOptions } from 'jose';
import { invalidOption } from '../errors/invalid-option.js';
import { checkOptions, listNames } from './check-options.js';
import { parseJoseSeconds } from './jose-duration.js';

/** What becomes of an option of jose. */
export type Treatment =
  /** Means what it means to jose. */
  | 'honoured'
  /** Means what it means to jose, within bounds. */
  | 'bounded'
  /** Narrows what the configuration of the resource and the route accept; cannot widen it. */
  | 'narrows'
  /** An error at start. */
  | 'refused'
  /** Without effect, and said so at start; nothing is accepted that would be refused with it. */
  | 'ignored';

/** Every option that jose's `jwtVerify` takes, and what `bearerAuth('jwt', { jwtVerify })` does with it. */
export const jwtVerifyTreatments = {
  algorithms: 'bounded',
  audience: 'narrows',
  clockTolerance: 'bounded',
  crit: 'refused',
  currentDate: 'honoured',
  issuer: 'narrows',
  maxTokenAge: 'honoured',
  requiredClaims: 'honoured',
  subject: 'honoured',
  typ: 'honoured',
} as const satisfies Record<keyof JWTVerifyOptions, Treatment>;

export const jwtVerifyOptions = listNames<JWTVerifyOptions>(jwtVerifyTreatments);

/** RFC 9068 §4 asks for a few minutes at most; the core refuses more, and version 0.2 knew no limit. */
export const maxClockToleranceSeconds = 300;

/**
 * The options of jose as the core wants them. `issuer` and `audience` are left out: they narrow the route itself.
 *
 * RFC 9068 §2.2: `sub` is required.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`
 * @throws {MCPAuthAuthServerError} `invalid_server_config` for an option that cannot work
 */
export function toJwtVerify(options: JWTVerifyOptions = {}): JwtVerifyOptions {
  checkOptions(options, 'jwtVerify', jwtVerifyOptions);
  const { algorithms, clockTolerance, crit, currentDate, maxTokenAge, requiredClaims, subject, typ } =
    options;
  if (crit !== undefined) {
    throw invalidOption(
      'jwtVerify.crit',
      'is not supported: a token that demands header extensions is refused. Leave it out.',
    );
  }
  const tolerance = toSeconds(clockTolerance, 'jwtVerify.clockTolerance');
  return dropAbsent({
    algorithms,
    clockTolerance: tolerance === undefined ? undefined : Math.min(tolerance, maxClockToleranceSeconds),
    currentDate,
    maxTokenAge: toSeconds(maxTokenAge, 'jwtVerify.maxTokenAge'),
    requiredClaims: addSubject(requiredClaims),
    subject,
    typ,
  });
}

function toSeconds(value: unknown, path: string): number | undefined {
  if (value === undefined) return undefined;
  const seconds = parseJoseSeconds(value);
  if (seconds !== undefined) return seconds;
  throw invalidOption(
    path,
    `must be a number of seconds, 0 or more, or a string such as "30s" or "2 hours", but is ${describeValue(value, true)}.`,
  );
}

/** What is not a list is left to the core, which says so. */
function addSubject(claims: readonly string[] = []): readonly string[] {
  return Array.isArray(claims) ? [...new Set([...(claims as readonly string[]), 'sub'])] : claims;
}

/** Only names that have a value are handed on. */
function dropAbsent<Options extends object>(options: Options): Options {
  // Members that may be undefined may be left out
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;
}
