import type { JWTVerifyOptions } from 'jose';
import type { VerifyAccessTokenFunction } from '../bearer-auth-config.js';
import { parseJoseSeconds } from '../options/jose-duration.js';

/** How `createVerifyJwt` has read the clock for a token. */
export interface ClockJudgement {
  /** Seconds that clocks were allowed to differ. */
  readonly toleranceSeconds: number;
  /** Seconds by which the clock of the option `currentDate` is behind; 0 without it. */
  readonly behindSeconds: number;
}

const clocks = new WeakMap<object, ClockJudgement>();
const audiences = new WeakMap<VerifyAccessTokenFunction, string | string[]>();

/** Remembers how the times of these claims were judged; `options` are ones that jose has just accepted. */
export function noteClock(claims: object, { clockTolerance = 0, currentDate }: JWTVerifyOptions): void {
  const toleranceSeconds = parseJoseSeconds(clockTolerance) ?? 0;
  const behindSeconds = currentDate === undefined ? 0 : (Date.now() - currentDate.getTime()) / 1000;
  clocks.set(claims, { toleranceSeconds, behindSeconds });
}

/** Found by the claims, so that a function around `createVerifyJwt` may add to its answer. */
export function findClock(claims: unknown): ClockJudgement | undefined {
  return typeof claims === 'object' && claims !== null ? clocks.get(claims) : undefined;
}

/** Remembers the audiences that a function compares itself. */
export function noteAudience(
  verify: VerifyAccessTokenFunction,
  audience: JWTVerifyOptions['audience'],
): void {
  if (audience !== undefined) audiences.set(verify, audience);
}

/** The audiences that a function made by `createVerifyJwt` compares itself, where its options name some. */
export function findAudience(verify: VerifyAccessTokenFunction): string | string[] | undefined {
  return audiences.get(verify);
}
