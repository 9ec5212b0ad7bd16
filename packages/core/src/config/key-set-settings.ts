import { MCPAuthConfigError } from '../errors/config-error.js';
import { checkMilliseconds, checkTimeout } from './duration.js';

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
  /** Further request fields for the fetch. */
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

/** @throws {MCPAuthConfigError} `invalid_option` */
export function resolveKeySetSettings(
  options: RemoteJwkSetOptions | undefined,
  path: string,
): KeySetSettings {
  const settings = {
    maxAgeMs: checkMilliseconds(options?.cacheMaxAge, `${path}.cacheMaxAge`, 600_000),
    cooldownMs: checkMilliseconds(options?.cooldownDuration, `${path}.cooldownDuration`, 30_000),
    timeoutMs: checkTimeout(options?.timeoutDuration, `${path}.timeoutDuration`, 5000),
    staleMs: checkMilliseconds(options?.staleMaxAge, `${path}.staleMaxAge`, 7_200_000),
    headers: options?.headers === undefined ? undefined : { ...options.headers },
  };
  if (settings.maxAgeMs < 1000) {
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path}.cacheMaxAge`,
      'must be at least 1000 ms, or every request fetches the key set.',
    );
  }
  if (settings.cooldownMs < 1000) {
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path}.cooldownDuration`,
      'must be at least 1000 ms, or hostile tokens decide how often the key set is fetched.',
    );
  }
  return { id: JSON.stringify(settings), ...settings };
}
