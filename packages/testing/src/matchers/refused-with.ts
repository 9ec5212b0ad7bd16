import type { ChallengeError } from '@mcp-auth/core';
import { readResponse } from '../response/read-response.js';
import { findChallenges, valuesOf, type FoundChallenges } from './challenges.js';
import { type Judgement, list, show } from './judgement.js';

/** Whether a response denies the request with this status, and this error code in its challenge; `null` for a challenge without one. */
export function judgeRefusal(value: unknown, status: number, errorCode?: ChallengeError | null): Judgement {
  if (!(status >= 400 && status <= 599)) {
    throw new RangeError(`toBeRefusedWith takes a status from 400 to 599, but got ${status}`);
  }
  const response = readResponse(value);
  const found = findChallenges(response);
  const codes = found.kind === 'found' ? valuesOf(found.challenges, 'error') : [];
  const pass = response.status === status && (errorCode === undefined || hasCode(found, codes, errorCode));
  if (pass) return { pass, message: '' };
  const got = `status ${response.status} and ${codes.length === 0 ? 'no error code' : `the error code ${list(codes)}`}`;
  const why =
    found.kind === 'none' && response.status >= 400 && errorCode !== undefined ? `: ${found.problem}` : '';
  return {
    pass,
    message: `expected a refusal with status ${status}${describe(errorCode)}, but the response has ${got}${why}`,
  };
}

/** No challenge at all is not one without an error. Where two schemes are offered, no challenge may say something else. */
function hasCode(found: FoundChallenges, codes: readonly string[], expected: ChallengeError | null): boolean {
  if (expected === null) return found.kind === 'found' && codes.length === 0;
  return codes.length > 0 && codes.every((code) => code === expected);
}

function describe(errorCode: ChallengeError | null | undefined): string {
  if (errorCode === undefined) return '';
  return errorCode === null ? ' and no error code' : ` and the error code ${show(errorCode)}`;
}
