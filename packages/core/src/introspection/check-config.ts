import type { SharedCache } from '../cache/shared-cache.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { isSecureUrl } from '../net/secure-url.js';
import { checkTimeout } from '../options/duration.js';
import type { IntrospectionClientAuthentication, IntrospectionConfig } from './config.js';
import { checkPrivateKey } from './private-key.js';

/** A checked configuration with its defaults. */
export interface IntrospectionSettings {
  readonly endpoint: string | undefined;
  readonly clientAuthentication: IntrospectionClientAuthentication;
  /** `aud` that signed answers must carry; `undefined` where answers need not be signed. */
  readonly signedAudience: string | undefined;
  readonly timeoutMs: number;
  readonly maxConcurrentCalls: number;
  readonly cache: CacheSettings | undefined;
}

export interface CacheSettings {
  readonly activeSeconds: number;
  readonly inactiveSeconds: number;
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly shared: SharedCache | undefined;
}

const methods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'bearer'] as const;

/**
 * Checks the configuration of one introspecting server. No message ever holds a secret.
 *
 * @throws {MCPAuthConfigError} with the path of the option at fault
 */
export function checkIntrospection(
  config: IntrospectionConfig,
  path: string,
  allowInsecure: boolean,
): IntrospectionSettings {
  if (typeof (config as unknown) !== 'object' || (config as unknown) === null) {
    throw invalid(path, 'must be an object with clientAuthentication.');
  }
  const { endpoint, clientAuthentication } = config;
  if (endpoint !== undefined && !isSecureUrl(endpoint, allowInsecure)) {
    throw invalid(`${path}.endpoint`, 'must be an https URL (RFC 7662 §4).');
  }
  checkClientAuthentication(clientAuthentication, `${path}.clientAuthentication`);
  checkSelector(config.selects, `${path}.selects`);
  return {
    endpoint,
    clientAuthentication,
    signedAudience: readSignedAudience(config, path),
    timeoutMs: checkTimeout(config.timeoutMs, `${path}.timeoutMs`, 5000),
    maxConcurrentCalls: checkInteger(config.maxConcurrentCalls, `${path}.maxConcurrentCalls`, 1, 10_000, 32),
    cache: config.cache && checkCache(config.cache, `${path}.cache`),
  };
}

function checkClientAuthentication(authentication: unknown, path: string): void {
  if (typeof authentication !== 'object' || authentication === null) {
    throw invalid(path, `must be an object with a method: ${methods.join(', ')} (RFC 7662 §2.1).`);
  }
  // A caller without TypeScript may leave out anything
  const given = authentication as Partial<Record<string, unknown>>;
  const { method } = given;
  if (!(methods as readonly unknown[]).includes(method)) {
    throw invalid(`${path}.method`, `must be one of ${methods.join(', ')}.`);
  }
  if (method !== 'bearer' || given.clientId !== undefined) checkText(given.clientId, `${path}.clientId`);
  if (method === 'client_secret_basic' || method === 'client_secret_post') {
    checkText(given.clientSecret, `${path}.clientSecret`);
  }
  if (method === 'bearer' && typeof given.token !== 'function') checkText(given.token, `${path}.token`);
  if (method === 'private_key_jwt') {
    for (const name of ['kid', 'audience']) {
      if (given[name] !== undefined) checkText(given[name], `${path}.${name}`);
    }
    checkPrivateKey(authentication as Parameters<typeof checkPrivateKey>[0], path);
  }
}

function checkSelector(selects: unknown, path: string): void {
  if (selects === undefined || typeof selects === 'function') return;
  if (typeof selects === 'string' && selects !== '') return;
  throw invalid(path, 'must be a prefix of tokens or a function of a token.');
}

function readSignedAudience({ signedResponse, clientAuthentication }: IntrospectionConfig, path: string) {
  if (signedResponse === undefined || signedResponse === false) return undefined;
  const audience =
    (signedResponse === true ? undefined : signedResponse.audience) ?? clientAuthentication.clientId;
  if (typeof audience === 'string' && audience !== '') return audience;
  throw invalid(
    `${path}.signedResponse.audience`,
    'is needed: nothing else says what aud of a signed answer stands for this resource server (RFC 9701 §5).',
  );
}

function checkCache(cache: NonNullable<IntrospectionConfig['cache']>, path: string): CacheSettings {
  if (typeof (cache as unknown) !== 'object') throw invalid(path, 'must be an object with activeSeconds.');
  checkSharedCache(cache.shared, `${path}.shared`);
  return {
    activeSeconds: checkInteger(cache.activeSeconds, `${path}.activeSeconds`, 1, 3600),
    inactiveSeconds: checkInteger(cache.inactiveSeconds, `${path}.inactiveSeconds`, 0, 3600, 0),
    maxEntries: checkInteger(cache.maxEntries, `${path}.maxEntries`, 1, 10_000_000, 1000),
    maxBytes: checkInteger(cache.maxBytes, `${path}.maxBytes`, 1024, 2 ** 32, 4 * 1024 * 1024),
    shared: cache.shared,
  };
}

function checkSharedCache(shared: unknown, path: string): void {
  if (shared === undefined) return;
  const members = ['get', 'set', 'delete'] as const;
  const isCache =
    typeof shared === 'object' &&
    shared !== null &&
    members.every((name) => typeof (shared as Partial<Record<string, unknown>>)[name] === 'function');
  if (!isCache) throw invalid(path, 'must have the methods get, set and delete.');
}

function checkInteger(
  value: unknown,
  path: string,
  minimum: number,
  maximum: number,
  fallback?: number,
): number {
  const number = value ?? fallback;
  if (typeof number === 'number' && Number.isInteger(number) && number >= minimum && number <= maximum)
    return number;
  throw invalid(path, `must be a whole number from ${minimum} to ${maximum}.`);
}

function checkText(value: unknown, path: string): void {
  if (typeof value === 'string' && value !== '') return;
  throw invalid(path, 'must be a non-empty string.');
}

function invalid(path: string, problem: string): MCPAuthConfigError {
  return new MCPAuthConfigError('invalid_option', path, problem);
}
