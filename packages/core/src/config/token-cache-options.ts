import type { TokenCacheLimits } from '../cache/token-cache.js';
import { withDefaults, type Described } from './check-options.js';
import { number } from './kinds.js';

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

const note = 'cache: false switches the cache off';

export const tokenCacheOptions = {
  maxAgeSeconds: number({ unit: 'seconds', min: 0.001, default: 300, note }),
  maxEntries: number({ min: 2, whole: true, default: 10_000, note }),
  maxBytes: number({ unit: 'bytes', min: 65_536, whole: true, default: 32 * 1024 * 1024, note }),
} satisfies Described<TokenCacheOptions>;

/** The limits that checked options stand for; none where the cache is switched off. */
export function resolveTokenCache(
  option: false | TokenCacheOptions | undefined,
): TokenCacheLimits | undefined {
  if (option === false) return undefined;
  const { maxAgeSeconds, maxEntries, maxBytes } = withDefaults(option, tokenCacheOptions);
  return { maxAgeMs: maxAgeSeconds * 1000, maxEntries, maxBytes };
}
