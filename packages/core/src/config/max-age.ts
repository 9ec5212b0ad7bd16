import { MCPAuthConfigError } from '../errors/config-error.js';

const longestSeconds = 31_536_000;

/** @throws {MCPAuthConfigError} `invalid_option` */
export function checkMaxAge(value: unknown, path: string): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && value >= 1 && value <= longestSeconds) return value;
  throw new MCPAuthConfigError(
    'invalid_option',
    path,
    `must be a number of seconds from 1 to ${longestSeconds}.`,
  );
}
