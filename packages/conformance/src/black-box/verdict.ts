import { linesOf, type BlackBoxResponse } from './exchange.js';

/** How a case ended. */
export type Verdict =
  | { readonly outcome: 'passed' }
  | {
      readonly outcome: 'failed';
      readonly expected: string;
      readonly actual: string;
      /** A request was let in that must not be. */
      readonly letIn?: true;
    }
  | { readonly outcome: 'skipped'; readonly reason: string };

export const passed: Verdict = { outcome: 'passed' };

export function failed(expected: string, actual: string): Verdict {
  return { outcome: 'failed', expected, actual };
}

export function skipped(reason: string): Verdict {
  return { outcome: 'skipped', reason };
}

/** Passed, or failed with both sides. */
export function check(isGood: boolean, expected: string, actual: string): Verdict {
  return isGood ? passed : failed(expected, actual);
}

/** An answer in a few words. */
export function describeAnswer(response: BlackBoxResponse): string {
  const challenge = linesOf(response, 'www-authenticate').join(', ');
  return `${response.status}${challenge === '' ? '' : `, WWW-Authenticate: ${challenge}`}`;
}
