import type { ChallengeError } from '@mcp-auth/core';
import { readResponse } from '../response/read-response.js';
import { errorOf, findChallenges } from './challenges.js';
import { type Judgement, show } from './judgement.js';

/** Whether a response denies the request with this status, and this error code in its challenge; `null` for none. */
export function judgeRefusal(value: unknown, status: number, errorCode?: ChallengeError | null): Judgement {
  if (!(status >= 400 && status <= 599)) {
    throw new RangeError(`toBeRefusedWith takes a status from 400 to 599, but got ${status}`);
  }
  const response = readResponse(value);
  const found = findChallenges(response);
  const actual = found.kind === 'found' ? (errorOf(found.challenges) ?? null) : null;
  const got = `status ${response.status} and ${actual === null ? 'no error code' : `the error code ${show(actual)}`}`;
  const why = found.kind === 'none' && response.status >= 400 && errorCode ? `: ${found.problem}` : '';
  const pass = response.status === status && (errorCode === undefined || errorCode === actual);
  const what = `a refusal with status ${status}${describe(errorCode)}`;
  return {
    pass,
    message: pass
      ? `expected anything but ${what}, and that is what came`
      : `expected ${what}, but the response has ${got}${why}`,
  };
}

function describe(errorCode: ChallengeError | null | undefined): string {
  if (errorCode === undefined) return '';
  return errorCode === null ? ' and no error code' : ` and the error code ${show(errorCode)}`;
}
