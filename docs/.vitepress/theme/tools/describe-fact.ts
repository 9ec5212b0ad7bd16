import type { TokenCheck } from '@mcp-auth/core/explain';
import { showText } from './show-json';

type Refused = Extract<TokenCheck, { readonly outcome: 'refused' }>;
type Fact = Refused['actual'];

/** Claims that are moments, in the order in which they come to pass. */
export const timeClaims = ['auth_time', 'iat', 'nbf', 'exp'] as const;

/** The years 0 to 9999: what is outside is milliseconds or nonsense, and no date. */
const [earliest, latest] = [-62_167_219_200, 253_402_300_799];

/** A value as the reader sees it: a time as a date with its distance, a list entry by entry. */
export function describeFact(fact: Fact, claim: string | undefined, now: Date, language: string): string {
  if (
    typeof fact === 'number' &&
    timeClaims.some((name) => name === claim) &&
    fact >= earliest &&
    fact <= latest
  ) {
    return `${new Date(fact * 1000).toISOString().replace('.000Z', 'Z')} (${describeDistance(fact - now.getTime() / 1000, language)})`;
  }
  return showText(Array.isArray(fact) ? fact.join('\n') : String(fact));
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

function describeDistance(seconds: number, language: string): string {
  // Two of a unit at least, so that a quarter of it is not rounded away
  const [unit, length] = units.find(([, each]) => Math.abs(seconds) >= 2 * each) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat(language).format(Math.round(seconds / length), unit);
}
