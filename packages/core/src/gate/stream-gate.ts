import type { RequestHead } from '../http/request-head.js';
import { findMethod } from '../operation/methods.js';
import type { Message } from '../operation/operation.js';
import type { RequestId } from '../streams/closing-frames.js';
import { GuardedStream, type StreamToken, tokenOf } from '../streams/guarded-stream.js';
import type { OpenStreams } from '../streams/open-streams.js';
import type { AllowDecision } from './decision.js';

/** What happens to the stream of a POST whose tool is running when the right to it ends. */
export type StreamPolicy = 'end' | 'finish';

/** When streams of one route end. All durations in seconds. */
export interface StreamRules {
  readonly policy: StreamPolicy;
  readonly open: OpenStreams;
  /** Seconds since the epoch, by the clock that the route judges times with. */
  readonly seconds: () => number;
  /** Milliseconds since the epoch, by the clock that streams are watched with. */
  readonly now: () => number;
  readonly expiryToleranceSeconds: number;
  readonly maxTokenAgeSeconds: number | undefined;
  /** Between 0 and 1. */
  readonly random: () => number;
}

/**
 * The response of a request that may go on, where it may be a stream that has to end with its right: that of every GET, of
 * `subscriptions/listen`, and of every other POST where the route says so. One that turns out to be no event stream is left alone.
 *
 * Which method a POST asks for, the body says where it was read; else the header that every client of MCP 2026-07-28 sends, and every
 * server compares with the body.
 */
export function guardStream(
  resource: string,
  rules: StreamRules | undefined,
  head: RequestHead,
  { auth, messages }: AllowDecision,
): GuardedStream | undefined {
  if (rules === undefined || auth === undefined) return undefined;
  const answers = findAnswers(head, messages, rules.policy);
  if (answers === undefined) return undefined;
  const dueMs = rules.now() + (findEnd(tokenOf(auth), rules) - rules.seconds()) * 1000;
  return new GuardedStream({ resource, auth, dueMs, answers }, rules.open);
}

/** The requests that a stream answers; nothing where it does not have to end. */
function findAnswers(
  head: RequestHead,
  messages: readonly Message[] | undefined,
  policy: StreamPolicy,
): readonly RequestId[] | 'unknown' | undefined {
  if (head.method === 'GET') return [];
  if (head.method !== 'POST') return undefined;
  if (messages === undefined) return staysOpen(head.header('mcp-method')) ? 'unknown' : undefined;
  const requests = messages.filter((message) => message.kind === 'request');
  const isConcerned = policy === 'end' || requests.some(({ method }) => staysOpen(method));
  return isConcerned && requests.length > 0 ? requests.map(({ id }) => id) : undefined;
}

/** Whether the answer does not end by itself. */
function staysOpen(method: string | undefined): boolean {
  return method !== undefined && findMethod(method)?.stream === 'open';
}

/** When a token is accepted no more, less a random share of the tolerance: many that expire together do not come back together. */
function findEnd(
  { expiresAt, signer, claims }: StreamToken,
  { expiryToleranceSeconds, maxTokenAgeSeconds, random }: StreamRules,
): number {
  const { iat } = claims;
  // A greatest age is for JWTs alone
  const hasAge = maxTokenAgeSeconds !== undefined && signer !== undefined && typeof iat === 'number';
  const oldest = hasAge ? iat + maxTokenAgeSeconds : Infinity;
  return Math.min(expiresAt, oldest) + expiryToleranceSeconds * (1 - random());
}
