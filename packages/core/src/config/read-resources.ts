import type { AuthServerConfig } from './authorization-server.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { ProtectedResourceConfig } from './protected-resource.js';
import type { MCPAuthConfig, ResourceServerModeConfig } from './mcp-auth.js';

/** Either half of the configuration, told apart. */
export type ProtectedThings =
  | {
      readonly kind: 'resources';
      readonly resources: readonly ProtectedResourceConfig[];
      /** The option path of each. */
      readonly path: (index: number) => string;
    }
  | { readonly kind: 'legacy'; readonly server: AuthServerConfig };

/**
 * Reads a configuration whose options were checked.
 *
 * @throws {MCPAuthConfigError} when the configuration names neither resources nor a server, or both
 */
export function readResources(config: MCPAuthConfig): ProtectedThings {
  // Checked before, but for which of the two there is
  const { protectedResources, server } = config as {
    readonly protectedResources?: Resources | undefined;
    readonly server?: AuthServerConfig | undefined;
  };
  if (server !== undefined) {
    if (protectedResources === undefined) return { kind: 'legacy', server };
    throw new MCPAuthConfigError(
      'invalid_option',
      'server',
      'cannot be used together with protectedResources. Name the server in authorizationServers of a resource.',
    );
  }
  if (protectedResources === undefined || isEmpty(protectedResources)) {
    throw new MCPAuthConfigError('invalid_option', 'protectedResources', 'must name at least one resource.');
  }
  return isList(protectedResources)
    ? { kind: 'resources', resources: protectedResources, path: (index) => `protectedResources[${index}]` }
    : { kind: 'resources', resources: [protectedResources], path: () => 'protectedResources' };
}

type Resources = ResourceServerModeConfig['protectedResources'];

function isList(resources: Resources): resources is readonly ProtectedResourceConfig[] {
  return Array.isArray(resources);
}

function isEmpty(resources: Resources): boolean {
  return isList(resources) && resources.length === 0;
}
