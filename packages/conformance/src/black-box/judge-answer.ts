import { isLetIn, linesOf, type BlackBoxResponse } from './exchange.js';
import { check, describeAnswer, failed, passed, type Verdict } from './verdict.js';

/** What must come of a request that is not let in. */
export type Refusal =
  /** 401 and a challenge. */
  | 'unauthorized'
  /** 400, or 401 as for no credentials at all: RFC 6750 leaves both. */
  | 'malformed'
  /** An error of the server: the client is not at fault. */
  | 'unavailable'
  /** 403 and a challenge. */
  | 'forbidden';

const words: Readonly<Record<Refusal, string>> = {
  unauthorized: '401 with a challenge',
  malformed: '400 or 401',
  unavailable: 'a server error, such as 503 with Retry-After',
  forbidden: '403 with a challenge',
};

function fits(refusal: Refusal, response: BlackBoxResponse): boolean {
  const { status } = response;
  const hasChallenge = linesOf(response, 'www-authenticate').length > 0;
  switch (refusal) {
    case 'unauthorized':
      return status === 401 && hasChallenge;
    case 'malformed':
      return status === 400 || status === 401;
    case 'unavailable':
      return status >= 500;
    case 'forbidden':
      return status === 403 && hasChallenge;
  }
}

/** Compares an answer with what must come; nothing to refuse means that it must be let in. */
export function judgeAnswer(response: BlackBoxResponse, refusal: Refusal | undefined): Verdict {
  const actual = describeAnswer(response);
  if (refusal === undefined) return check(isLetIn(response), 'the request is let in', actual);
  if (fits(refusal, response)) return passed;
  const verdict = failed(words[refusal], actual);
  const opened = response.status < 300 && verdict.outcome === 'failed';
  return opened ? { ...verdict, letIn: true } : verdict;
}
