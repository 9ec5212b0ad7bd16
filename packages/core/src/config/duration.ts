import { MCPAuthConfigError } from '../errors/config-error.js';

const span = /^(\d+(?:\.\d+)?) ?(s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)$/i;

const secondsPerUnit: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/**
 * Reads a duration as jose writes it: a number of seconds, or text such as `30s`, `5 minutes`, `2h`.
 *
 * @throws {MCPAuthConfigError} `invalid_option`
 */
export function parseSeconds(value: number | string, path: string): number {
  if (typeof value === 'number') {
    if (Number.isFinite(value) && value >= 0) return value;
  } else {
    const match = span.exec(value);
    const unit = match?.[2]?.charAt(0).toLowerCase();
    if (match?.[1] !== undefined && unit !== undefined) return Number(match[1]) * (secondsPerUnit[unit] ?? 1);
  }
  throw new MCPAuthConfigError(
    'invalid_option',
    path,
    'must be a number of seconds or text such as "30s", "5 minutes", "2h".',
  );
}

/** Timers hold 31 bits; one request should not wait for minutes anyway. */
const longestTimeoutMs = 300_000;

/** @throws {MCPAuthConfigError} `invalid_option` */
export function checkTimeout(value: number | undefined, path: string, fallback: number): number {
  if (value === undefined) return fallback;
  if (value >= 1 && value <= longestTimeoutMs) return value;
  throw new MCPAuthConfigError(
    'invalid_option',
    path,
    `must be between 1 and ${longestTimeoutMs} milliseconds.`,
  );
}

/** @throws {MCPAuthConfigError} `invalid_option` */
export function checkMilliseconds(value: number | undefined, path: string, fallback: number): number {
  if (value === undefined) return fallback;
  if (Number.isFinite(value) && value >= 0) return value;
  throw new MCPAuthConfigError('invalid_option', path, 'must be a number of milliseconds, 0 or more.');
}
