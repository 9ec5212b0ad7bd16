import type { SharedCache } from '../cache/shared-cache.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { isSecureUrl, parseUrl } from '../net/secure-url.js';
import { withDefaults } from './check-options.js';
import {
  introspectionCacheOptions,
  introspectionConfig,
  type IntrospectionClientAuthentication,
  type IntrospectionConfig,
} from './introspection.js';
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

/**
 * What holds between the options of one introspecting server, each of which was checked before. No message ever holds a
 * secret.
 *
 * @throws {MCPAuthConfigError} with the path of the option at fault
 */
export function checkIntrospection(
  config: IntrospectionConfig,
  path: string,
  allowInsecure: boolean,
): IntrospectionSettings {
  const { endpoint, clientAuthentication } = config;
  checkEndpoint(endpoint, `${path}.endpoint`, allowInsecure);
  if (clientAuthentication.method === 'private_key_jwt') {
    checkPrivateKey(clientAuthentication, `${path}.clientAuthentication`);
  }
  const { timeoutMs, maxConcurrentCalls } = withDefaults(config, introspectionConfig);
  return {
    endpoint,
    clientAuthentication,
    signedAudience: readSignedAudience(config, path),
    timeoutMs,
    maxConcurrentCalls,
    cache: readCache(config, path),
  };
}

function checkEndpoint(endpoint: string | undefined, path: string, allowInsecure: boolean): void {
  if (endpoint === undefined) return;
  if (!isSecureUrl(endpoint, allowInsecure)) throw invalid(path, 'must be an https URL (RFC 7662 §4).');
  const { username, password } = parseUrl(endpoint) ?? {};
  if (username === '' && password === '') return;
  throw invalid(path, 'must hold no user name or password. Give these as clientAuthentication.');
}

function readSignedAudience(
  { signedResponse, clientAuthentication }: IntrospectionConfig,
  path: string,
): string | undefined {
  if (signedResponse === undefined || signedResponse === false) return undefined;
  const named = signedResponse === true ? undefined : signedResponse.audience;
  const audience = named ?? clientAuthentication.clientId;
  if (audience !== undefined) return audience;
  throw invalid(
    `${path}.signedResponse.audience`,
    'is needed: nothing else says what aud of a signed answer stands for this resource server (RFC 9701 §5).',
  );
}

function readCache(
  { cache, clientAuthentication }: IntrospectionConfig,
  path: string,
): CacheSettings | undefined {
  if (cache === undefined) return undefined;
  if (cache.shared !== undefined && clientAuthentication.clientId === undefined) {
    throw invalid(
      `${path}.clientAuthentication.clientId`,
      'is needed: a cache that processes share must tell whose answers it holds, because a server may answer each client differently (RFC 7662 §2.2).',
    );
  }
  return { ...withDefaults(cache, introspectionCacheOptions), activeSeconds: cache.activeSeconds };
}

function invalid(path: string, problem: string): MCPAuthConfigError {
  return new MCPAuthConfigError('invalid_option', path, problem);
}
