import { table, withDefaults, type Described } from './check-options.js';
import { timeoutMs } from './duration.js';
import { number, string } from './kinds.js';

/** How the key set of an authorization server is fetched and kept. Names and units are jose's, where jose has them. */
export interface RemoteJwkSetOptions {
  /**
   * Milliseconds a fetched key set counts as fresh at most; a shorter `Cache-Control` lifetime of the server shortens it
   * down to 30 s. Default: 600000. A longer time lets a withdrawn key verify for longer.
   */
  readonly cacheMaxAge?: number | undefined;
  /**
   * Milliseconds after which one more fetch for unknown key identifiers is granted, beyond two at once. Default: 30000.
   * A shorter time lets hostile tokens cause more fetches; a longer one may delay a rotated key during a flood of them.
   */
  readonly cooldownDuration?: number | undefined;
  /** Milliseconds for one fetch, body included. Default: 5000. */
  readonly timeoutDuration?: number | undefined;
  /** Further request headers for the fetch. Default: none. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Milliseconds beyond freshness during which known keys go on verifying while the key set cannot be fetched.
   * Default: 7200000 (two hours). 0 refuses all tokens as soon as an outage outlasts freshness.
   */
  readonly staleMaxAge?: number | undefined;
}

export interface KeySetSettings {
  /** Equal for equal settings. */
  readonly id: string;
  readonly maxAgeMs: number;
  readonly cooldownMs: number;
  readonly timeoutMs: number;
  readonly staleMs: number;
  readonly headers: Readonly<Record<string, string>> | undefined;
}

export const remoteJwkSetOptions = {
  cacheMaxAge: number({
    unit: 'milliseconds',
    min: 1000,
    default: 600_000,
    note: 'or every request fetches the key set',
  }),
  cooldownDuration: number({
    unit: 'milliseconds',
    min: 1000,
    default: 30_000,
    note: 'or hostile tokens decide how often the key set is fetched',
  }),
  timeoutDuration: timeoutMs,
  headers: table(string),
  staleMaxAge: number({ unit: 'milliseconds', min: 0, default: 7_200_000 }),
} satisfies Described<RemoteJwkSetOptions>;

/** What checked options stand for. */
export function resolveKeySetSettings(options?: RemoteJwkSetOptions): KeySetSettings {
  const { cacheMaxAge, cooldownDuration, timeoutDuration, headers, staleMaxAge } = withDefaults(
    options,
    remoteJwkSetOptions,
  );
  const settings = {
    maxAgeMs: cacheMaxAge,
    cooldownMs: cooldownDuration,
    timeoutMs: timeoutDuration,
    staleMs: staleMaxAge,
    headers: headers === undefined ? undefined : { ...headers },
  };
  return { id: JSON.stringify(settings), ...settings };
}
