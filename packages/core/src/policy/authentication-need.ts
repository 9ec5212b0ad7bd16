import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { isPlain } from '../errors/plain-object.js';
import { unknownOption } from '../errors/unknown-option.js';

interface AcceptableLogins {
  /** Acceptable values of `acr`, the preferred one first. */
  readonly acrValues: readonly string[];
}

interface RecentLogin {
  /** Seconds since the login, at most: 0 or more. Counted from `auth_time`. */
  readonly maxAgeSeconds: number;
}

/**
 * How a user must have logged in: in one of these ways, so recently, or both.
 *
 * @see RFC 9470 §3
 * @example
 * ```ts
 * import type { AuthenticationNeed } from '@mcp-auth/core';
 *
 * export const withSecondFactor: AuthenticationNeed = { acrValues: ['urn:example:mfa'], maxAgeSeconds: 900 };
 * ```
 */
export type AuthenticationNeed =
  | (AcceptableLogins & { readonly [Name in keyof RecentLogin]?: RecentLogin[Name] | undefined })
  | (RecentLogin & { readonly [Name in keyof AcceptableLogins]?: AcceptableLogins[Name] | undefined });

/** @throws {MCPAuthConfigError} `invalid_option`, `unknown_option` */
export function checkAuthentication(need: unknown, path: string): asserts need is AuthenticationNeed {
  if (!isPlain(need)) throw invalid(path, `must be an object, but is ${describeValue(need)}.`);
  const unknown = Object.keys(need).find((name) => !names.includes(name));
  if (unknown !== undefined) throw unknownOption(unknown, names, path, hints);
  const { acrValues, maxAgeSeconds } = need as Readonly<Record<string, unknown>>;
  if (acrValues === undefined && maxAgeSeconds === undefined) {
    throw invalid(path, 'must have acrValues, maxAgeSeconds or both.');
  }
  if (acrValues !== undefined && !isAcrList(acrValues)) {
    const hint = typeof acrValues === 'string' ? ': put it in a list' : '';
    throw invalid(
      `${path}.acrValues`,
      `must be a list of printable ASCII strings without spaces, double quotes and backslashes, but is ${describeValue(acrValues)}${hint}.`,
    );
  }
  if (
    maxAgeSeconds !== undefined &&
    !(Number.isSafeInteger(maxAgeSeconds) && (maxAgeSeconds as number) >= 0)
  ) {
    throw invalid(
      `${path}.maxAgeSeconds`,
      `must be a whole number of seconds, 0 or more, but is ${describeValue(maxAgeSeconds, true)}.`,
    );
  }
}

const names = ['acrValues', 'maxAgeSeconds'];
const hints = { renamed: { acr: 'acrValues', acr_values: 'acrValues', max_age: 'maxAgeSeconds' } };

/** RFC 9470 §3: separated by spaces in a quoted string. A list may have holes, which every() passes over. */
function isAcrList(values: unknown): boolean {
  return (
    Array.isArray(values) &&
    values.length > 0 &&
    values.length <= 20 &&
    Array.from(values as readonly unknown[]).every(
      (value) => typeof value === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(value),
    )
  );
}

function invalid(path: string, problem: string): MCPAuthConfigError {
  return new MCPAuthConfigError('invalid_option', path, problem);
}

/** A need as it is now: what somebody does to the list later changes nothing. */
export function copyAuthentication({ acrValues, maxAgeSeconds }: AuthenticationNeed): AuthenticationNeed {
  return toNeed(acrValues && [...acrValues], maxAgeSeconds);
}

/** @returns both as they were read from needs, of which each has one */
function toNeed(acrValues: readonly string[] | undefined, maxAgeSeconds: number | undefined) {
  return { acrValues, maxAgeSeconds } as AuthenticationNeed;
}

/**
 * One login for several needs, so that one challenge is enough: the least age, and the values that all accept. Where no value meets all
 * of them, those of the first one, for no login could.
 */
export function combineAuthentication(
  first: AuthenticationNeed,
  others: readonly AuthenticationNeed[],
): AuthenticationNeed {
  let { acrValues, maxAgeSeconds } = first;
  for (const other of others) {
    const common = acrValues?.filter((value) => other.acrValues?.includes(value) !== false);
    if (acrValues === undefined) acrValues = other.acrValues;
    else if (common !== undefined && common.length > 0) acrValues = common;
    maxAgeSeconds = Math.min(maxAgeSeconds ?? Infinity, other.maxAgeSeconds ?? Infinity);
    if (maxAgeSeconds === Infinity) maxAgeSeconds = undefined;
  }
  return toNeed(acrValues, maxAgeSeconds);
}
