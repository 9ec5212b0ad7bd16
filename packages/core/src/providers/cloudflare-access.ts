import { checkOptions, object } from '../config/check-options.js';
import { type ProviderConfig, readString, textLike, toOrigin } from './config.js';

/** Options of {@link cloudflareAccess}. */
export interface CloudflareAccessOptions {
  /** Team domain, for example `example.cloudflareaccess.com`. */
  readonly teamDomain: string;
  /** Application Audience (AUD) tag of the Access application in front of this resource. */
  readonly audienceTag: string;
}

export const cloudflareAccessOptions = object<CloudflareAccessOptions>({
  teamDomain: textLike('example.cloudflareaccess.com'),
  audienceTag: textLike('32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228'),
});

/**
 * Cloudflare Access in front of this resource, which hands its application token on in the header `Cf-Access-Jwt-Assertion`: name that
 * header in `tokenHeader` of the resource. There is no metadata to discover, so the address of the keys is given here.
 *
 * Checks: `aud` is the tag of the application, and `type` is `app`: the token of a user's global session says `org`. A service token is
 * its own client, in `common_name`; a user's token names no client.
 * Does not check: scopes, of which these tokens have none. Decide by `subject`, or by `email` in the claims.
 * Tried with tokens of the shape that its documentation shows (2026-11-29), not against the live provider.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`, `insecure_issuer`
 * @see RFC 9068 §4
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { cloudflareAccess } from '@mcp-auth/core/providers';
 *
 * const server = cloudflareAccess({
 *   teamDomain: 'example.cloudflareaccess.com',
 *   audienceTag: '32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228',
 * });
 * ```
 */
export function cloudflareAccess(options: CloudflareAccessOptions): ProviderConfig {
  checkOptions(options, cloudflareAccessOptions, 'cloudflareAccess');
  const issuer = toOrigin(options.teamDomain, 'cloudflareAccess.teamDomain');
  return {
    metadata: { issuer, jwksUri: `${issuer}/cdn-cgi/access/certs` },
    audiences: [options.audienceTag],
    policy: {
      name: 'cloudflare-access',
      check: (claims) => (claims.type === 'app' ? undefined : 'type'),
      clientId: (claims) => readString(claims, 'common_name'),
    },
  };
}
