import { kind, number, type Kind } from './kinds.js';

const span = /^(\d+(?:\.\d+)?) ?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)$/i;

const secondsPerUnit: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** A duration as jose writes it: a number of seconds, or a string such as `30s`, `5 minutes`, `2h`. */
export function duration(maxSeconds?: number, note = ''): Kind<number | string> {
  return kind(
    `a number of seconds or a string such as "30s", "5 minutes", "2h"${maxSeconds === undefined ? '' : `, at most ${maxSeconds} seconds${note}`}`,
    (value) => {
      const seconds = toSeconds(value);
      return seconds !== undefined && seconds <= (maxSeconds ?? Number.MAX_SAFE_INTEGER);
    },
    { shown: true },
  );
}

/** The seconds of a duration; nothing for anything that is none. */
export function toSeconds(value: unknown): number | undefined {
  if (typeof value === 'number') return value >= 0 ? value : undefined;
  const match = typeof value === 'string' ? span.exec(value) : null;
  const unit = match?.[2]?.charAt(0).toLowerCase() ?? '';
  return match === null ? undefined : Number(match[1]) * (secondsPerUnit[unit] ?? 1);
}

/** Timers hold 31 bits; one request should not wait for minutes anyway. */
export const timeoutMs = number({ unit: 'milliseconds', min: 1, max: 300_000, default: 5000 });

/** A year at most: what stands in for an expiry that nobody states. */
export const maxAgeSeconds = number({ unit: 'seconds', min: 1, max: 31_536_000 });
