import type { ServerEnvironment } from '../net/environment.js';
import type { AuthServerConfig } from '../config/authorization-server.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { createScopeCheck } from '../scopes/scope-hierarchy.js';
import type { GatedResource } from '../resource/gated-resource.js';
import { readServers, type ServerFactory } from '../resource/trusted-server.js';

/** What legacy mode protects: it has one authorization server, and neither an identifier nor metadata. */
export function createLegacyResource(
  config: AuthServerConfig,
  environment: ServerEnvironment,
  createServer: ServerFactory,
): GatedResource {
  if ((config as Partial<AuthServerConfig> | null)?.publish === true) {
    throw new MCPAuthConfigError(
      'unsupported_option',
      'server.publish',
      'has no place in legacy mode, where delegatedRouter() mirrors a server that lives elsewhere. Configure protectedResources.',
    );
  }
  return {
    identifier: undefined,
    metadataUrl: undefined,
    servers: readServers([config], () => 'server', environment, createServer),
    cors: undefined,
    scopeCheck: createScopeCheck(undefined, 'implies'),
    scopesSupported: [],
  };
}
