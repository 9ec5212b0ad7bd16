import type { CamelCaseProtectedResourceMetadata } from '@mcp-auth/schemas';
import type { CorsOptions } from '../cors/cors-policy.js';
import type { ScopeHierarchy } from '../policy/scope-hierarchy.js';
import type { AuthServerConfig } from './authorization-server.js';

/**
 * Metadata of a protected resource, in camelCase: all members of RFC 9728 §2.
 *
 * `authorizationServers` takes configurations in place of issuer strings; the published document names their issuers.
 */
export type ProtectedResourceMetadataConfig = Omit<
  CamelCaseProtectedResourceMetadata,
  'resource' | 'authorizationServers'
> & {
  /**
   * Resource identifier: the URL that clients use for the MCP endpoint, character by character. Published as written,
   * and by default the only audience that tokens may have.
   */
  readonly resource: string;
  /** The authorization servers that may issue tokens for this resource. At least one; no other issuer is trusted. */
  readonly authorizationServers: readonly AuthServerConfig[];
};

/** A protected resource: one MCP endpoint, or several that share an identifier. */
export interface ProtectedResourceConfig {
  readonly metadata: ProtectedResourceMetadataConfig;
  /** Which scopes contain others, for every route of this resource. Default: none, scopes are compared as they are. */
  readonly implies?: ScopeHierarchy | undefined;
  /**
   * Lets browser pages call the resource: preflights are answered without a token, and every answer names the origins.
   * Default: off; a CORS middleware in front does as well.
   */
  readonly cors?: CorsOptions | undefined;
}
