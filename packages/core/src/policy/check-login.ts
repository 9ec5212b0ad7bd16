import { type Fact, toFact } from '../events/facts.js';
import type { Clock } from '../net/environment.js';
import { aheadToleranceSeconds } from '../token/time-tolerance.js';
import { type AuthenticationNeed, copyAuthentication } from './authentication-need.js';

/** Why a login does not do: the claim that falls short, for the owner. */
export interface LoginLack {
  readonly claim: 'acr' | 'auth_time';
  readonly expected?: Fact;
  /** Absent where the token does not say. */
  readonly actual?: Fact;
}

/** The login that a route demands, and the clock by which it is too long ago. */
export interface RequiredLogin {
  readonly need: AuthenticationNeed;
  readonly now: Clock;
}

/** As it is now: what somebody does to the options later changes nothing. */
export function toRequiredLogin(need: AuthenticationNeed | undefined, now: Clock): RequiredLogin | undefined {
  return need && { need: copyAuthentication(need), now };
}

/**
 * Compares the login that a token or an introspection answer states with what is needed (RFC 9470 §6).
 *
 * Checks: `acr` is one of the values, character by character; `auth_time` is a number of seconds since the epoch, not longer ago than
 * `maxAgeSeconds` and not ahead of the clock by more than the tolerance for `iat`. What is absent, or of another type, falls short.
 * Does not check: whether one value of `acr` is stronger than another: name all that do.
 *
 * @param now - milliseconds since the epoch
 */
export function checkLogin(
  { acrValues, maxAgeSeconds }: AuthenticationNeed,
  claims: Readonly<Record<string, unknown>>,
  now: number,
): LoginLack | undefined {
  const acr = readOwn(claims, 'acr');
  if (acrValues !== undefined && !(typeof acr === 'string' && acrValues.includes(acr))) {
    return toLack('acr', acrValues, acr);
  }
  const time = readOwn(claims, 'auth_time');
  if (maxAgeSeconds === undefined || isRecent(time, maxAgeSeconds, now)) return undefined;
  return toLack('auth_time', `at most ${maxAgeSeconds} s ago`, time);
}

function toLack(claim: LoginLack['claim'], wanted: unknown, seen: unknown): LoginLack {
  const expected = toFact(wanted);
  const actual = toFact(seen);
  return {
    claim,
    ...(expected === undefined ? undefined : { expected }),
    ...(actual === undefined ? undefined : { actual }),
  };
}

/** Whole seconds, as RFC 9470 §3 counts them. Written so that nothing but a number is ever recent. */
function isRecent(time: unknown, maxAgeSeconds: number, now: number): boolean {
  if (typeof time !== 'number' || !(time >= 0)) return false;
  const seconds = Math.floor(now / 1000);
  const loggedInAt = Math.floor(time);
  return loggedInAt <= seconds + aheadToleranceSeconds && seconds - loggedInAt <= maxAgeSeconds;
}

function readOwn(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}
