import { checkOptions, object } from '../config/check-options.js';
import { isTypedAccessToken, type ProviderConfig, readString, textLike, toOrigin } from './config.js';

/** Options of {@link clerk}. */
export interface ClerkOptions {
  /** Frontend API domain, for example `clerk.example.com` or `example-1.clerk.accounts.dev`. */
  readonly domain: string;
}

export const clerkOptions = object<ClerkOptions>({ domain: textLike('clerk.example.com') });

/**
 * Clerk as an OAuth provider, with JWT access tokens switched on.
 *
 * Checks: `aud` names the resource (clients that sent no `resource` get tokens without one, which are refused), the header
 * says `at+jwt`, the token was issued to an OAuth client, and it belongs to no session of the application (`sid`). So
 * session tokens and tokens from a JWT template are refused, no matter which claims the template writes.
 * Opaque tokens (`oat_…`) cannot be verified this way and are refused.
 * Tried with tokens of the shape that its documentation shows (2026-11-29), not against the live provider.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`, `insecure_issuer`
 * @see RFC 9068 §4
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { clerk } from '@mcp-auth/core/providers';
 *
 * const server = clerk({ domain: 'clerk.example.com' });
 * ```
 */
export function clerk(options: ClerkOptions): ProviderConfig {
  checkOptions(options, clerkOptions, 'clerk');
  return {
    issuer: toOrigin(options.domain, 'clerk.domain'),
    type: 'oauth',
    policy: {
      name: 'clerk',
      check: (claims, { header }) => {
        if (Object.hasOwn(claims, 'sid')) return 'sid';
        if (!isTypedAccessToken(header) && header.alg !== undefined) return 'typ';
        return readString(claims, 'client_id') === undefined ? 'client_id' : undefined;
      },
    },
  };
}
