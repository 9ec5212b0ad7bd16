import { CachePressure } from '../cache/cache-pressure.js';
import { TokenCache, type TokenCacheLimits } from '../cache/token-cache.js';
import type { ServerEnvironment } from '../net/environment.js';
import type { KnownToken } from '../verifier/known-token.js';

/** The cache of one configuration; its owner hears where it gives up what is still of use. */
export function createTokenCache(
  limits: TokenCacheLimits,
  { now, events }: ServerEnvironment,
): TokenCache<KnownToken> {
  const { maxEntries, maxBytes } = limits;
  const tell = (dropped: number) =>
    events.emit({ type: 'cache', cache: 'tokens', maxEntries, maxBytes, dropped });
  return new TokenCache(limits, now, new CachePressure(tell, now));
}
