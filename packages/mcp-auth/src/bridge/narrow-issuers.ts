import {
  getIssuer,
  type AuthServerConfig,
  type MCPAuthConfig,
  type ResourceServerConfig,
} from '../config.js';
import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';

/**
 * The configuration without the authorization servers that the `issuer` of a route does not name; the configuration itself
 * where it names them all.
 *
 * @throws {MCPAuthAuthServerError} `invalid_server_config` when none would be left
 */
export function narrowIssuers(config: MCPAuthConfig, issuer: string | string[] | undefined): MCPAuthConfig {
  if (issuer === undefined) return config;
  const wanted = new Set([issuer].flat());
  const isWanted = (server: AuthServerConfig) => wanted.has(getIssuer(server));
  const servers = listServers(config);
  if (servers.every(isWanted)) return config;
  if (!servers.some(isWanted)) {
    throw new MCPAuthAuthServerError('invalid_server_config', {
      cause: 'jwtVerify.issuer names none of the authorization servers that are configured.',
    });
  }
  if ('server' in config) return config;
  const narrow = (resource: ResourceServerConfig): ResourceServerConfig => ({
    ...resource,
    metadata: {
      ...resource.metadata,
      authorizationServers: resource.metadata.authorizationServers?.filter(isWanted) ?? [],
    },
  });
  // Those that are left without any are of no use to a route with this option
  const protectedResources = listResources(config)
    .map(narrow)
    .filter(({ metadata }) => (metadata.authorizationServers ?? []).length > 0);
  return { ...config, protectedResources };
}

function listResources(config: MCPAuthConfig): readonly ResourceServerConfig[] {
  return 'server' in config ? [] : [config.protectedResources].flat();
}

function listServers(config: MCPAuthConfig): readonly AuthServerConfig[] {
  if ('server' in config) return [config.server];
  return listResources(config).flatMap(({ metadata }) => metadata.authorizationServers ?? []);
}
