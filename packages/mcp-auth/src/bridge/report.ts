import type { AuthInfo as CoreAuthInfo, TokenInfo } from '@mcp-auth/core';
import type { AuthInfo } from '../auth-info.js';
import { maxClockToleranceSeconds } from '../options/jwt-verify.js';
import { findClock, type ClockJudgement } from './jwt-judgements.js';

/** Stands for every issuer that a function accepts: the core compares with a list. RFC 6761 §6.4 keeps the name unused. */
export const standInIssuer = 'https://issuer.invalid';

/** The core's own tolerance on routes whose tokens a function verifies. */
const coreToleranceSeconds = 5;

type Claims = Readonly<Record<string, unknown>>;

/** What a verifier answered, in the form the core can judge, and what has another form there. */
export interface Report {
  readonly info: TokenInfo;
  /** Claims of the answer that `info` has with other values. */
  readonly claims: Claims;
  /** When the token ends by the answer, where it ends later by `info`. */
  readonly expiresAt: number | undefined;
}

/**
 * Translates the answer of a verifier.
 *
 * `createVerifyJwt` has judged the times of its tokens by the clock and the tolerance of its options. What passed there is moved
 * to where it passes by the core's clock and tolerance, up to the tolerance that RFC 9068 §4 allows.
 *
 * @param isStandIn - a function judged the issuer of the answer, and its claims name no other: the core gets the stand-in for
 * both
 */
export function toReport(answer: AuthInfo, isStandIn: boolean): Report {
  const { issuer, clientId, scopes, audience, subject } = answer;
  const claims: Claims | undefined = answer.claims;
  const clock = findClock(claims);
  const changed: Claims = {
    ...(isStandIn && claims?.iss !== undefined ? { iss: standInIssuer } : {}),
    ...(clock === undefined ? {} : moveTimes(claims ?? {}, clock)),
  };
  const expiresAt = clock === undefined ? answer.expiresAt : moveExpiry(answer.expiresAt, clock);
  const hasMoved = expiresAt !== answer.expiresAt || 'exp' in changed;
  const names = Object.keys(changed);
  return {
    info: {
      issuer: isStandIn ? standInIssuer : issuer,
      clientId,
      scopes,
      audience,
      subject,
      expiresAt,
      claims: names.length === 0 ? claims : { ...claims, ...changed },
    },
    claims: Object.fromEntries(names.map((name) => [name, claims?.[name]])),
    expiresAt: hasMoved ? earlier(answer.expiresAt, claims?.exp) : undefined,
  };
}

/**
 * Whether the claims name another issuer than the answer. The core compares them with the issuers that it knows; where it knows
 * the stand-in alone, this is asked first.
 */
export function contradictsClaims({ issuer, claims }: AuthInfo): boolean {
  const iss = claims?.iss;
  return iss !== undefined && iss !== issuer;
}

/** What the caller was told otherwise to the core, as the verifier answered it. */
export function restore(
  { claims, expiresAt }: Pick<CoreAuthInfo, 'claims' | 'expiresAt'>,
  report: Report,
): Pick<CoreAuthInfo, 'claims' | 'expiresAt'> {
  return {
    claims: Object.keys(report.claims).length === 0 ? claims : Object.freeze({ ...claims, ...report.claims }),
    expiresAt: report.expiresAt ?? expiresAt,
  };
}

function moveTimes({ exp, nbf, iat }: Claims, clock: ClockJudgement): Claims {
  const before: Claims = { exp, nbf, iat };
  const after = {
    exp: moveExpiry(exp, clock),
    nbf: moveBeginning(nbf, clock),
    iat: moveBeginning(iat, clock),
  };
  return Object.fromEntries(Object.entries(after).filter(([name, time]) => time !== before[name]));
}

/** A time that has passed is moved ahead, as far as the tolerance goes. */
function moveExpiry<T>(time: T, { behindSeconds, toleranceSeconds }: ClockJudgement): T | number {
  if (typeof time !== 'number') return time;
  const shifted = time + behindSeconds;
  return shifted > Date.now() / 1000 ? shifted : shifted + beyondCore(toleranceSeconds);
}

/** A time that has not come is moved back, as far as the tolerance goes. */
function moveBeginning<T>(time: T, { behindSeconds, toleranceSeconds }: ClockJudgement): T | number {
  if (typeof time !== 'number') return time;
  const shifted = time + behindSeconds;
  return shifted <= Date.now() / 1000 ? shifted : shifted - beyondCore(toleranceSeconds);
}

function earlier(...times: readonly unknown[]): number | undefined {
  const known = times.filter((time) => typeof time === 'number');
  return known.length === 0 ? undefined : Math.min(...known);
}

function beyondCore(toleranceSeconds: number): number {
  return Math.max(0, Math.min(toleranceSeconds, maxClockToleranceSeconds) - coreToleranceSeconds);
}
