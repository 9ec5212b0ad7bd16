import type { TokenCacheLimits } from '../cache/token-cache.js';
import { MCPAuthConfigError } from '../errors/config-error.js';

/** Bounds of the cache of verified tokens. */
export interface TokenCacheOptions {
  /**
   * Seconds after which a token is verified in full again, whatever its `exp`. Default: 300.
   *
   * A withdrawn key and the times of the token are looked at on every request, so a longer time is no risk there; it is how
   * long what a scope mapping or a `clientId` of a policy has read stays in use.
   */
  readonly maxAgeSeconds?: number | undefined;
  /** Most tokens kept at once, those of all routes together. At least 2. Default: 10000. */
  readonly maxEntries?: number | undefined;
  /**
   * Most memory for them in bytes, estimated, rather too high, from the tokens and their claims. Default: 33554432 (32 MiB).
   */
  readonly maxBytes?: number | undefined;
}

/** @throws {MCPAuthConfigError} `invalid_option` */
export function resolveTokenCache(
  option: false | TokenCacheOptions | undefined,
  path: string,
): TokenCacheLimits | undefined {
  if (option === false) return undefined;
  if (option !== undefined && (typeof (option as unknown) !== 'object' || (option as unknown) === null)) {
    throw new MCPAuthConfigError(
      'invalid_option',
      path,
      'must be an object, false to switch the cache off, or be left out.',
    );
  }
  const { maxAgeSeconds = 300, maxEntries = 10_000, maxBytes = 32 * 1024 * 1024 } = option ?? {};
  if (!(Number.isFinite(maxAgeSeconds) && maxAgeSeconds > 0)) {
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path}.maxAgeSeconds`,
      'must be a number of seconds above 0. cache: false switches the cache off.',
    );
  }
  return {
    maxAgeMs: maxAgeSeconds * 1000,
    maxEntries: checkBound(maxEntries, `${path}.maxEntries`, 2),
    maxBytes: checkBound(maxBytes, `${path}.maxBytes`, 65_536),
  };
}

function checkBound(value: unknown, path: string, least: number): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw new MCPAuthConfigError(
    'invalid_option',
    path,
    `must be a whole number of ${least} or more. cache: false switches the cache off.`,
  );
}
