import type { DiscoveryAuthServerConfig, ResolvedAuthServerConfig } from '../config/authorization-server.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { isSecureUrl, parseUrl } from '../net/secure-url.js';

/** An entry of `authorizationServers`, ready made for one provider. */
export type ProviderConfig = DiscoveryAuthServerConfig | ResolvedAuthServerConfig;

/** @throws {MCPAuthConfigError} `invalid_option` */
export function requireText(value: unknown, path: string, example: string): asserts value is string {
  if (typeof value === 'string' && value !== '') return;
  throw new MCPAuthConfigError(
    'invalid_option',
    path,
    `is required, for example ${JSON.stringify(example)}.`,
  );
}

/** @throws {MCPAuthConfigError} `invalid_option` */
export function requireList(value: unknown, path: string): asserts value is readonly [string, ...string[]] {
  const isList =
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((entry) => typeof entry === 'string' && entry !== '');
  if (!isList)
    throw new MCPAuthConfigError('invalid_option', path, 'must be a list of at least one non-empty string.');
}

/**
 * Refuses an audience that stands for more than one resource.
 *
 * @throws {MCPAuthConfigError} `invalid_audience`
 */
export function refuseSharedAudience(
  audience: string | undefined,
  isShared: (audience: string) => boolean,
  path: string,
  fix: string,
): void {
  if (audience === undefined) return;
  if (audience === '') {
    throw new MCPAuthConfigError(
      'invalid_audience',
      path,
      'must not be empty; leave it out for the resource identifier.',
    );
  }
  if (!isShared(audience)) return;
  throw new MCPAuthConfigError('invalid_audience', path, `must not be ${JSON.stringify(audience)}: ${fix}`);
}

/**
 * A host name such as `tenant.example.com`, or its origin, as an https origin. Plain http is for loopback hosts.
 *
 * @throws {MCPAuthConfigError} `invalid_option`, `insecure_issuer`
 */
export function toOrigin(domain: unknown, path: string): string {
  requireText(domain, path, 'tenant.example.com');
  const url = parseUrl(domain.includes('://') ? domain : `https://${domain}`);
  if (url === undefined || (url.href !== `${url.origin}/` && url.href !== url.origin)) {
    throw new MCPAuthConfigError(
      'invalid_option',
      path,
      'must be a host name such as "tenant.example.com", without a path.',
    );
  }
  if (isSecureUrl(url.href, false)) return url.origin;
  throw new MCPAuthConfigError(
    'insecure_issuer',
    path,
    'must use https; plain http is for loopback hosts. Leave the scheme out.',
  );
}
