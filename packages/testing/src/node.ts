import { AssertionError } from 'node:assert';
import type { ChallengeError } from '@mcp-auth/core';
import { type ExpectedChallenge, judgeChallenge } from './matchers/challenge-for.js';
import type { Judgement } from './matchers/judgement.js';
import { judgeRefusal } from './matchers/refused-with.js';
import type { AnyResponse } from './response/read-response.js';

/**
 * Asserts that a response asks for a token, or for one that may do more.
 *
 * Checks: status 401 or 403; a challenge for Bearer or DPoP, well-formed by RFC 9110; what `expected` names. A list stands for `{ scopes }`.
 *
 * @throws {AssertionError} that says what was expected and what came
 * @see RFC 6750 §3
 * @example
 * ```ts
 * import { assertChallengeFor } from '@mcp-auth/testing/node';
 *
 * const response = await fetch('http://127.0.0.1:3000/mcp', { method: 'POST' });
 * assertChallengeFor(response, { scopes: ['notes:read'], error: null });
 * ```
 */
export function assertChallengeFor(
  response: AnyResponse,
  expected: ExpectedChallenge | readonly string[],
): void {
  throwUnless(judgeChallenge(response, expected), assertChallengeFor);
}

/**
 * Asserts that a response denies the request with a status and, where one is given, an error code in its challenge.
 *
 * @param errorCode - `null` for a challenge without one
 * @throws {AssertionError} that says what was expected and what came
 * @see RFC 6750 §3.1
 * @example
 * ```ts
 * import { assertRefusedWith } from '@mcp-auth/testing/node';
 *
 * const headers = { authorization: 'Bearer nonsense' };
 * const response = await fetch('http://127.0.0.1:3000/mcp', { method: 'POST', headers });
 * assertRefusedWith(response, 401, 'invalid_token');
 * ```
 */
export function assertRefusedWith(
  response: AnyResponse,
  status: number,
  errorCode?: ChallengeError | null,
): void {
  throwUnless(judgeRefusal(response, status, errorCode), assertRefusedWith);
}

function throwUnless({ pass, message }: Judgement, caller: (...given: never[]) => void): void {
  if (!pass) throw new AssertionError({ message, stackStartFn: caller });
}

export type { ExpectedChallenge } from './matchers/challenge-for.js';
export type { AnyResponse, FetchLikeResponse, NodeLikeResponse } from './response/read-response.js';
