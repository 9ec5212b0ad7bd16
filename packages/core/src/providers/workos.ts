import { checkOptions, object } from '../config/check-options.js';
import {
  hasOnlySharedAudiences,
  ownAudience,
  type ProviderConfig,
  readString,
  refuseSharedAudience,
  textLike,
  toOrigin,
} from './config.js';

/** Options of {@link workos}. */
export interface WorkOSOptions {
  /** AuthKit domain, for example `example.authkit.app`. */
  readonly authkitDomain: string;
  /** The resource indicator configured in the dashboard. Default: the resource identifier. */
  readonly resourceIndicator?: string | undefined;
}

export const workosOptions = object<WorkOSOptions>({
  authkitDomain: textLike('example.authkit.app'),
  resourceIndicator: ownAudience,
});

/**
 * WorkOS AuthKit as an authorization server for MCP.
 *
 * Checks: `aud` is the configured resource indicator, and the token was issued to an OAuth client. Without an indicator in
 * the dashboard WorkOS writes the client id of the environment, which all its resources share, so such tokens are refused,
 * those of machine-to-machine applications among them; so are session tokens of the application (`sid` of a session).
 * Tried with tokens of the shape that its documentation shows (2026-11-29), not against the live provider.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`, `insecure_issuer`, `invalid_audience`
 * @see RFC 9068 §4
 * @see MCP Authorization, Token Audience Binding and Validation
 * @example
 * ```ts
 * import { workos } from '@mcp-auth/core/providers';
 *
 * const server = workos({ authkitDomain: 'example.authkit.app' });
 * ```
 */
export function workos(options: WorkOSOptions): ProviderConfig {
  checkOptions(options, workosOptions, 'workos');
  const { resourceIndicator } = options;
  refuseSharedAudience(
    resourceIndicator,
    isClientId,
    'workos.resourceIndicator',
    'tokens for every resource of the environment carry it. Configure a resource indicator in the dashboard.',
  );
  return {
    issuer: toOrigin(options.authkitDomain, 'workos.authkitDomain'),
    type: 'oauth',
    ...(resourceIndicator === undefined ? undefined : { audiences: [resourceIndicator] }),
    policy: {
      name: 'workos',
      check: (claims) => {
        if (readString(claims, 'sid')?.startsWith('session_') === true) return 'sid';
        if (hasOnlySharedAudiences(claims, isClientId)) return 'aud';
        return readString(claims, 'client_id') === undefined ? 'client_id' : undefined;
      },
    },
  };
}

function isClientId(audience: string): boolean {
  return audience.startsWith('client_');
}
