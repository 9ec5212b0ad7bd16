import { toOrigin, type ProviderConfig } from './config.js';

/** Options of {@link workos}. */
export interface WorkOSOptions {
  /** AuthKit domain, for example `example.authkit.app`. */
  readonly authkitDomain: string;
  /** The resource indicator configured in the dashboard, where it is not the resource identifier. */
  readonly resourceIndicator?: string | undefined;
}

/**
 * WorkOS AuthKit as an authorization server for MCP.
 *
 * Checks: `aud` is the configured resource indicator. Without one in the dashboard the environment's default is written,
 * which other resources share, so such tokens are refused; so are the session tokens of the user management API, which
 * carry no `aud` at all.
 * Not tried against the live provider.
 *
 * @throws {MCPAuthConfigError} `invalid_option`
 */
export function workos(options: WorkOSOptions): ProviderConfig {
  const { resourceIndicator } = options;
  return {
    issuer: toOrigin(options.authkitDomain, 'workos.authkitDomain'),
    type: 'oauth',
    ...(resourceIndicator === undefined ? undefined : { audiences: [resourceIndicator] }),
    policy: { name: 'workos' },
  };
}
