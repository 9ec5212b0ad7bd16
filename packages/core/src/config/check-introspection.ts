import type { SharedCache } from '../cache/shared-cache.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { isSecureUrl, parseUrl } from '../net/secure-url.js';
import { checkTimeout } from './duration.js';
import { checkClientAuthentication } from './check-client-authentication.js';
import type { IntrospectionClientAuthentication, IntrospectionConfig } from './introspection.js';

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
  checkEndpoint(endpoint, `${path}.endpoint`, allowInsecure);
  checkClientAuthentication(clientAuthentication, `${path}.clientAuthentication`);
  checkSelector(config.selects, `${path}.selects`);
  return {
    endpoint,
    clientAuthentication,
    signedAudience: readSignedAudience(config, path),
    timeoutMs: checkTimeout(config.timeoutMs, `${path}.timeoutMs`, 5000),
    maxConcurrentCalls: checkInteger(config.maxConcurrentCalls, `${path}.maxConcurrentCalls`, 1, 10_000, 32),
    cache: checkCache(config, path),
  };
}

function checkEndpoint(endpoint: unknown, path: string, allowInsecure: boolean): void {
  if (endpoint === undefined) return;
  if (typeof endpoint !== 'string' || !isSecureUrl(endpoint, allowInsecure)) {
    throw invalid(path, 'must be an https URL, as text (RFC 7662 §4).');
  }
  const { username, password } = parseUrl(endpoint) ?? {};
  if (username === '' && password === '') return;
  throw invalid(path, 'must hold no user name or password. Give these as clientAuthentication.');
}

function checkSelector(selects: unknown, path: string): void {
  if (selects === undefined || typeof selects === 'function') return;
  if (typeof selects === 'string' && selects !== '') return;
  throw invalid(path, 'must be a prefix of tokens or a function of a token.');
}

function readSignedAudience(
  { signedResponse, clientAuthentication }: IntrospectionConfig,
  path: string,
): string | undefined {
  if (signedResponse === undefined || signedResponse === false) return undefined;
  const isObject = typeof signedResponse === 'object' && (signedResponse as unknown) !== null;
  if (signedResponse !== true && !isObject) {
    throw invalid(`${path}.signedResponse`, 'must be true, false or an object with audience.');
  }
  const audience =
    (signedResponse === true ? undefined : signedResponse.audience) ?? clientAuthentication.clientId;
  if (typeof audience === 'string' && audience !== '') return audience;
  throw invalid(
    `${path}.signedResponse.audience`,
    'is needed: nothing else says what aud of a signed answer stands for this resource server (RFC 9701 §5).',
  );
}

function checkCache(
  { cache, clientAuthentication }: IntrospectionConfig,
  introspectionPath: string,
): CacheSettings | undefined {
  if (cache === undefined) return undefined;
  const path = `${introspectionPath}.cache`;
  if (typeof cache !== 'object' || (cache as unknown) === null) {
    throw invalid(path, 'must be an object with activeSeconds. Leave it out to keep no answers.');
  }
  checkSharedCache(cache.shared, `${path}.shared`);
  if (cache.shared !== undefined && clientAuthentication.clientId === undefined) {
    throw invalid(
      `${introspectionPath}.clientAuthentication.clientId`,
      'is needed: a cache that processes share must tell whose answers it holds, because a server may answer each client differently (RFC 7662 §2.2).',
    );
  }
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

function invalid(path: string, problem: string): MCPAuthConfigError {
  return new MCPAuthConfigError('invalid_option', path, problem);
}
