const duration = /^(\+|-)? ?(\d+|\d+\.\d+) ?([a-z]+)(?: (ago|from now))?$/i;

const units: readonly (readonly [names: RegExp, seconds: number])[] = [
  [/^(?:s|secs?|seconds?)$/i, 1],
  [/^(?:m|mins?|minutes?)$/i, 60],
  [/^(?:h|hrs?|hours?)$/i, 3600],
  [/^(?:d|days?)$/i, 86_400],
  [/^(?:w|weeks?)$/i, 604_800],
  // jose counts a year as 365.25 days
  [/^(?:y|yrs?|years?)$/i, 31_557_600],
];

/**
 * Seconds of a duration as jose writes it: a number, or a string such as `30s`, `5 minutes`, `1 year`. Nothing for what jose
 * would not take, and for times that lie in the past.
 */
export function parseJoseSeconds(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const [, sign, count, unit = '', direction] = duration.exec(value) ?? [];
  if (sign !== undefined && direction !== undefined) return undefined;
  const perUnit = units.find(([names]) => names.test(unit))?.[1];
  if (count === undefined || perUnit === undefined) return undefined;
  const seconds = Math.round(Number(count) * perUnit);
  const isPast = sign === '-' || direction?.toLowerCase() === 'ago';
  return Number.isFinite(seconds) && (seconds === 0 || !isPast) ? seconds : undefined;
}
