import {
  getIssuer,
  isServerMode,
  type AuthServerConfig,
  type MCPAuthConfig,
  type ResourceServerConfig,
  type ResourceServerModeConfig,
} from '../config.js';
import { invalidOption } from '../errors/invalid-option.js';

/**
 * The configuration with no other token issuers than the `issuer` of a route names; the configuration itself where it names
 * them all.
 *
 * @throws {MCPAuthAuthServerError} `invalid_server_config` when none would be left
 */
export function narrowIssuers(config: MCPAuthConfig, issuer: string | string[] | undefined): MCPAuthConfig {
  if (issuer === undefined) return config;
  const wanted = new Set([issuer].flat());
  const servers = isServerMode(config) ? [config.server] : listServers(listResources(config));
  const issuers = servers.flatMap(listTokenIssuers);
  if (issuers.every((each) => wanted.has(each))) return config;
  if (!issuers.some((each) => wanted.has(each))) {
    throw invalidOption(
      'jwtVerify.issuer',
      `names none of the authorization servers that are configured: ${issuers.join(', ')}.`,
    );
  }
  const narrow = (server: AuthServerConfig): AuthServerConfig => ({
    ...server,
    tokenIssuers: listTokenIssuers(server).filter((each) => wanted.has(each)),
  });
  if (isServerMode(config)) return { ...config, server: narrow(config.server) };
  const protectedResources = listResources(config)
    .map(({ metadata, ...resource }): ResourceServerConfig => {
      const { authorizationServers = [] } = metadata;
      const kept = authorizationServers
        .map(narrow)
        .filter(({ tokenIssuers = [] }) => tokenIssuers.length > 0);
      return { ...resource, metadata: { ...metadata, authorizationServers: kept } };
    })
    // One that is left without any is of no use to a route with this option
    .filter((resource) => listServers([resource]).length > 0);
  return { ...config, protectedResources };
}

function listResources({ protectedResources }: ResourceServerModeConfig): readonly ResourceServerConfig[] {
  return [protectedResources].flat();
}

function listServers(resources: readonly ResourceServerConfig[]): readonly AuthServerConfig[] {
  return resources.flatMap(({ metadata }) => metadata.authorizationServers ?? []);
}

function listTokenIssuers(server: AuthServerConfig): readonly string[] {
  return server.tokenIssuers ?? [getIssuer(server)];
}
