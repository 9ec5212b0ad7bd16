import { MCPAuthConfigError } from '../errors/config-error.js';
import type { LimitSettings } from '../limits/failed-attempts.js';
import { parseIpRange, type IpRange } from '../limits/ip-range.js';
import type { PeerRequest } from '../limits/peer-reader.js';
import type { ProxyHeader } from '../limits/proxy-hops.js';
import { type Described, list, object, withDefaults } from './check-options.js';
import { kind, number, oneOf, synchronous } from './kinds.js';

/** How many attempts may fail before those that follow are not looked at. */
export interface FailedAttemptOptions {
  /**
   * Failed attempts of one peer in one window after which its unknown tokens are answered with 429. The same number of refused genuine tokens
   * of one client has further ones of that kind answered with 429, and no others. Default: 60.
   */
  readonly max?: number | undefined;
  /** Seconds that a window lasts, from the first failure in it. Default: 60. */
  readonly windowSeconds?: number | undefined;
  /** Most peers that are counted at a time, and most clients; the oldest are forgotten first. Default: 10000. */
  readonly maxEntries?: number | undefined;
}

/**
 * Limits for those who try one bad token after the other. Counted in this process.
 *
 * A peer is the address of the socket; of IPv6 addresses its /64.
 *
 * @see RFC 6585 §4
 * @example
 * ```ts
 * import type { LimitOptions } from '@mcp-auth/core';
 *
 * export const limits: LimitOptions = { failedAttempts: { max: 60, windowSeconds: 60 }, proxies: ['10.0.0.0/8'] };
 * ```
 */
export interface LimitOptions {
  /** What is counted, and when it is too much; `{}` for the defaults. */
  readonly failedAttempts: FailedAttemptOptions;
  /**
   * Your proxies, as addresses and ranges such as `10.0.0.0/8`. Where the socket is one of them, `proxyHeader` is read from the right: the
   * first hop that is not a proxy is the peer, and a malformed hop ends the walk. Whoever is in the list can name any peer. Default: none, and
   * no header is read.
   */
  readonly proxies?: readonly string[] | undefined;
  /** The header that your proxies write; no other is read. Default: `x-forwarded-for`. */
  readonly proxyHeader?: ProxyHeader | undefined;
  /**
   * Tells the IP address of who sent a request, where the platform does not, as on Workers: from a header that the platform itself
   * sets. Takes the place of socket and proxies. Anything but an address is an error of the server. Default: the address of the socket.
   */
  readonly peer?: ((request: PeerRequest) => string | undefined) | undefined;
}

const failedAttemptOptions = {
  max: number({ min: 1, whole: true, default: 60 }),
  windowSeconds: number({ unit: 'seconds', min: 1, max: 86_400, default: 60 }),
  maxEntries: number({ min: 100, max: 1_000_000, whole: true, default: 10_000 }),
} satisfies Described<FailedAttemptOptions>;

export const ipRange = kind<string>(
  'an IP address, or a range such as "10.0.0.0/8" with a prefix of 1 or more and no bits behind it',
  (value) => typeof value === 'string' && parseIpRange(value) !== undefined,
  { shown: true },
);

export const failedAttempts = object<FailedAttemptOptions>(failedAttemptOptions);

export const limitOptions = object<LimitOptions>(
  {
    failedAttempts: { ...failedAttempts, required: true },
    proxies: list(ipRange),
    proxyHeader: oneOf<ProxyHeader>(['x-forwarded-for', 'forwarded']),
    peer: synchronous(),
  },
  {
    elsewhere: {
      max: 'Write failedAttempts: { max }.',
      windowSeconds: 'Write failedAttempts: { windowSeconds }.',
      maxEntries: 'Write failedAttempts: { maxEntries }.',
    },
  },
);

/**
 * What checked options stand for.
 *
 * @throws {MCPAuthConfigError} `invalid_option` for options that do not go together
 */
export function resolveLimits(options: LimitOptions): LimitSettings {
  const { proxies, proxyHeader, peer } = options;
  if (peer !== undefined && (proxies ?? proxyHeader) !== undefined) {
    const path = proxies === undefined ? 'limits.proxyHeader' : 'limits.proxies';
    throw new MCPAuthConfigError(
      'invalid_option',
      path,
      'cannot be used together with limits.peer. Leave one of them out.',
    );
  }
  if (proxyHeader !== undefined && proxies === undefined) {
    throw new MCPAuthConfigError(
      'invalid_option',
      'limits.proxyHeader',
      'is read for declared proxies only. Write limits.proxies: [address, …] as well.',
    );
  }
  const { max, windowSeconds, maxEntries } = withDefaults(options.failedAttempts, failedAttemptOptions);
  return {
    max,
    windowMs: windowSeconds * 1000,
    maxEntries,
    peer,
    // Checked before
    proxies: (proxies ?? []).map((text) => parseIpRange(text) as IpRange),
    proxyHeader: proxyHeader ?? 'x-forwarded-for',
  };
}
