import { describeValue } from '@mcp-auth/core/adapter';
import type { FetchFunction, RemoteJwkSetOptions } from '@mcp-auth/core';
import { customFetch, jwksCache, type RemoteJWKSetOptions } from 'jose';
import { invalidOption } from '../errors/invalid-option.js';
import { checkOptions, listNames } from './check-options.js';
import type { Treatment } from './jwt-verify.js';

/** Every option that jose's `createRemoteJWKSet` takes, and what `bearerAuth('jwt', { remoteJwkSet })` does with it. */
export const remoteJwkSetTreatments = {
  cacheMaxAge: 'bounded',
  cooldownDuration: 'bounded',
  headers: 'honoured',
  timeoutDuration: 'bounded',
  [customFetch]: 'honoured',
  [jwksCache]: 'ignored',
} as const satisfies Record<keyof RemoteJWKSetOptions, Treatment>;

const remoteJwkSetOptions = listNames<RemoteJWKSetOptions>(remoteJwkSetTreatments);

/** The core's bounds, in milliseconds: below a second, hostile tokens would decide how often keys are fetched. */
const shortestMs = 1000;
const longestTimeoutMs = 300_000;

/** What the core can be told about key sets, and what concerns the engine of the route. */
export interface KeySetRoute {
  readonly remoteJwkSet: RemoteJwkSetOptions;
  readonly fetch: FetchFunction | undefined;
  /** What the developer should know about options that have no effect. */
  readonly warning: string | undefined;
}

/**
 * The options of jose as the core wants them.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`
 * @throws {MCPAuthAuthServerError} `invalid_server_config` for an option that cannot work
 */
export function readRemoteJwkSet(options: RemoteJWKSetOptions = {}): KeySetRoute {
  checkOptions(options, 'remoteJwkSet', remoteJwkSetOptions);
  const cacheMaxAge = readMilliseconds(options.cacheMaxAge, 'cacheMaxAge');
  const cooldownDuration = readMilliseconds(options.cooldownDuration, 'cooldownDuration');
  const timeoutDuration = readMilliseconds(options.timeoutDuration, 'timeoutDuration');
  const headers = readHeaders(options.headers);
  return {
    remoteJwkSet: {
      ...(cacheMaxAge === undefined ? {} : { cacheMaxAge: clamp(cacheMaxAge) }),
      ...(cooldownDuration === undefined ? {} : { cooldownDuration: clamp(cooldownDuration) }),
      ...(timeoutDuration === undefined
        ? {}
        : { timeoutDuration: Math.min(timeoutDuration, longestTimeoutMs) }),
      ...(headers === undefined ? {} : { headers }),
    },
    fetch: readFetch(options[customFetch]),
    warning:
      options[jwksCache] === undefined
        ? undefined
        : 'remoteJwkSet[jwksCache] has no effect: keys are fetched by this process, and kept for two hours when their server is down. Leave it out.',
  };
}

/** jose means "for ever" by `Infinity`; the core knows numbers only. */
function clamp(ms: number): number {
  return Math.min(Math.max(ms, shortestMs), Number.MAX_SAFE_INTEGER);
}

function readMilliseconds(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  const least = name === 'timeoutDuration' ? 1 : 0;
  if (typeof value === 'number' && value >= least) return value;
  throw invalidOption(
    `remoteJwkSet.${name}`,
    `must be a number of milliseconds, ${least} or more, but is ${describeValue(value, true)}.`,
  );
}

function readHeaders(headers: unknown): Readonly<Record<string, string>> | undefined {
  if (headers === undefined) return undefined;
  try {
    // For callers without TypeScript; what is wrong with it, the platform knows
    return Object.fromEntries(new Headers(headers as Record<string, string>).entries());
  } catch {
    // The platform's own message repeats the value, and that may be a secret
    throw invalidOption('remoteJwkSet.headers', 'must be names and values of HTTP headers, as strings.');
  }
}

/** jose calls it with `Headers`, the core with a plain object. */
function readFetch(fetch: unknown): FetchFunction | undefined {
  if (fetch === undefined) return undefined;
  if (typeof fetch !== 'function') {
    throw invalidOption('remoteJwkSet[customFetch]', 'must be a function with the arguments of fetch.');
  }
  const call = fetch as (url: string, init: RequestInit) => Promise<Response>;
  return (url, init) => call(url, { ...init, headers: new Headers(init.headers) });
}
