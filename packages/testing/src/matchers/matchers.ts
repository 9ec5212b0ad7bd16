import type { ChallengeError } from '@mcp-auth/core';
import { type ExpectedChallenge, judgeChallenge } from './challenge-for.js';
import type { Judgement } from './judgement.js';
import { judgeRefusal } from './refused-with.js';

/** What `expect` of vitest and jest learns. `R` is what a matcher of theirs returns. */
export interface McpAuthMatchers<R = unknown> {
  /**
   * The response asks for a token, or for one that may do more: status 401 or 403 and a challenge for Bearer or DPoP that says this.
   * A list stands for `{ scopes }`. Throws behind `not`, as every other response would do there.
   */
  toChallengeFor(expected: ExpectedChallenge | readonly string[]): R;
  /**
   * The response has this status, and its challenge this error code; `null` for a challenge without one. Throws behind `not`, as every other
   * response would do there.
   */
  toBeRefusedWith(status: number, errorCode?: ChallengeError | null): R;
}

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** What both give to a matcher as `this`. */
interface MatcherContext {
  readonly isNot?: boolean;
}

/** In the form that `expect.extend` of both takes. */
export const matchers = {
  toChallengeFor(this: MatcherContext, response: unknown, expected: ExpectedChallenge | readonly string[]) {
    refuseNegation(this, 'toChallengeFor');
    return toResult(judgeChallenge(response, expected));
  },
  toBeRefusedWith(
    this: MatcherContext,
    response: unknown,
    status: number,
    errorCode?: ChallengeError | null,
  ) {
    refuseNegation(this, 'toBeRefusedWith');
    return toResult(judgeRefusal(response, status, errorCode));
  },
};

/** A server that lets everybody in, and one that has fallen over, would both pass. */
function refuseNegation({ isNot }: MatcherContext, name: string): void {
  if (isNot !== true) return;
  throw new TypeError(
    `.not.${name}() passes for every other response, an error of the server too. Say what must come: expect(response.status).toBe(200).`,
  );
}

function toResult({ pass, message }: Judgement): MatcherResult {
  return { pass, message: () => message };
}
