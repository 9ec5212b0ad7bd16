import type { AuthServerConfig } from './authorization-server.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { ProtectedResourceConfig } from './protected-resource.js';
import type { MCPAuthConfig } from './mcp-auth.js';

/** Either half of the configuration, told apart. */
export type ProtectedThings =
  | {
      readonly kind: 'resources';
      readonly resources: readonly ProtectedResourceConfig[];
      /** The option path of each. */
      readonly path: (index: number) => string;
    }
  | { readonly kind: 'legacy'; readonly server: AuthServerConfig };

/** @throws {MCPAuthConfigError} when the configuration names neither resources nor a server, or both */
export function readResources(config: MCPAuthConfig): ProtectedThings {
  const { protectedResources, server } =
    (config as Partial<Record<keyof MCPAuthConfig, unknown>> | undefined) ?? {};
  if (server !== undefined) {
    if (protectedResources === undefined) return { kind: 'legacy', server: server as AuthServerConfig };
    throw new MCPAuthConfigError(
      'invalid_option',
      'server',
      'cannot be used together with protectedResources. Name the server in authorizationServers of a resource.',
    );
  }
  if (Array.isArray(protectedResources) && protectedResources.length > 0) {
    return {
      kind: 'resources',
      resources: protectedResources as readonly ProtectedResourceConfig[],
      path: (index) => `protectedResources[${index}]`,
    };
  }
  if (
    typeof protectedResources !== 'object' ||
    protectedResources === null ||
    Array.isArray(protectedResources)
  ) {
    throw new MCPAuthConfigError('invalid_option', 'protectedResources', 'must name at least one resource.');
  }
  return {
    kind: 'resources',
    resources: [protectedResources as ProtectedResourceConfig],
    path: () => 'protectedResources',
  };
}
