import type { ChallengeError } from '@mcp-auth/core';
import { type ExpectedChallenge, judgeChallenge } from './challenge-for.js';
import type { Judgement } from './judgement.js';
import { judgeRefusal } from './refused-with.js';

/** What `expect` of vitest and jest learns. `R` is what a matcher of theirs returns. */
export interface McpAuthMatchers<R = unknown> {
  /**
   * The response asks for a token, or for one that may do more: status 401 or 403 and a challenge for Bearer or DPoP that says this.
   * A list stands for `{ scopes }`.
   */
  toChallengeFor(expected: ExpectedChallenge | readonly string[]): R;
  /** The response has this status, and its challenge this error code; `null` for a challenge without one. */
  toBeRefusedWith(status: number, errorCode?: ChallengeError | null): R;
}

interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** In the form that `expect.extend` of both takes. */
export const matchers = {
  toChallengeFor: (response: unknown, expected: ExpectedChallenge | readonly string[]) =>
    toResult(judgeChallenge(response, expected)),
  toBeRefusedWith: (response: unknown, status: number, errorCode?: ChallengeError | null) =>
    toResult(judgeRefusal(response, status, errorCode)),
};

function toResult({ pass, message }: Judgement): MatcherResult {
  return { pass, message: () => message };
}
