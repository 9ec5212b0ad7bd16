import type { DiscoveryAuthServerConfig, ResolvedAuthServerConfig } from '../config/authorization-server.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { list } from '../config/check-options.js';
import { isText, kind, type Kind, text } from '../config/kinds.js';
import { isSecureUrl, parseUrl } from '../net/secure-url.js';
import type { Claims } from '../token/token-policy.js';

/** An entry of `authorizationServers`, ready made for one provider. */
export type ProviderConfig = DiscoveryAuthServerConfig | ResolvedAuthServerConfig;

/** A string that must be given, with an example of one. */
export function textLike(example: string): Kind<string> {
  return { ...kind(`a string such as ${JSON.stringify(example)}`, isText), required: true };
}

/** An audience to accept instead of the resource identifier, which is the default. */
export const ownAudience = kind<string>(
  'a non-empty string; leave it out for the resource identifier',
  isText,
  { code: 'invalid_audience' },
);

/** One or several names. */
export const names = list(text, { nonEmpty: true });

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
  if (audience === undefined || !isShared(audience)) return;
  throw new MCPAuthConfigError('invalid_audience', path, `must not be ${JSON.stringify(audience)}: ${fix}`);
}

/**
 * A host name such as `tenant.example.com`, or its origin, as an https origin. Plain http is for loopback hosts.
 *
 * @throws {MCPAuthConfigError} `invalid_option`, `insecure_issuer`
 */
export function toOrigin(domain: string, path: string): string {
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

/** A string claim that says something, or nothing. */
export function readString(claims: Claims, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A list claim, or a space-separated one, as its entries. */
export function readWords(claims: Claims, name: string): readonly string[] {
  const value = claims[name];
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}

/**
 * Whether a token names audiences, and every one of them is shared by many resources.
 *
 * Such a token is refused no matter which audiences a route was told to accept.
 */
export function hasOnlySharedAudiences(claims: Claims, isShared: (audience: string) => boolean): boolean {
  const { aud } = claims;
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return audiences.length > 0 && audiences.every((entry) => typeof entry === 'string' && isShared(entry));
}

/** RFC 9068 §2.1: the media type of a JWT access token, in either spelling. */
export function isTypedAccessToken({ typ }: Readonly<Record<string, unknown>>): boolean {
  return typeof typ === 'string' && /^(?:application\/)?at\+jwt$/i.test(typ);
}
