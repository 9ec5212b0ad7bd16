import { authServerConfig, type AuthServerConfig } from '../config/authorization-server.js';
import type { AudienceOption } from '../config/audience-option.js';
import type { BearerAuthOptions } from '../config/bearer-auth-options.js';
import { object } from '../config/check-options.js';
import { forString } from '../config/kinds.js';
import { mcpAuthMembers, type MCPAuthOptions } from '../config/mcp-auth.js';
import type { OptionsFor, VerificationMode } from '../config/verification-mode.js';

/**
 * Legacy mode: one authorization server, for clients of MCP 2025-03-26, which know no protected resource metadata.
 *
 * Routes name an `audience` instead of a `resource`, and `delegatedRouter()` mirrors the metadata of the server. Clients of
 * later revisions are not told where to log in.
 */
export interface LegacyMCPAuthConfig extends MCPAuthOptions {
  /** The authorization server whose tokens are accepted. */
  readonly server: AuthServerConfig;
}

export const legacyMCPAuthConfig = object<LegacyMCPAuthConfig>(
  {
    server: { ...authServerConfig, required: true, hint: forString('write { issuer }') },
    ...mcpAuthMembers,
  },
  {
    elsewhere: {
      protectedResources: "It belongs to the MCPAuth of the package's main entry.",
      resource: "It belongs to the MCPAuth of the package's main entry.",
      authorizationServers: 'Legacy mode has one server: write server: { issuer }.',
      issuer: 'Write server: { issuer }.',
    },
  },
);

/**
 * Options of a route in legacy mode, where no resource has an identifier: `audience` says whose tokens are accepted.
 *
 * `undefined` leaves it to `audiences` or `dangerouslyAcceptAnyAudience` of the server; without one of these it is a
 * configuration error.
 */
export type LegacyOptions<Options extends BearerAuthOptions> = Options extends unknown
  ? Omit<Options, 'resource' | 'audience'> & {
      readonly resource?: never;
      readonly audience: AudienceOption | undefined;
    }
  : never;

/** Options that go with a mode, on a route of legacy mode. */
export type LegacyOptionsFor<Mode extends VerificationMode> = LegacyOptions<OptionsFor<Mode>>;
