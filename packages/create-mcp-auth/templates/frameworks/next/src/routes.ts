import { getAuth, MCPAuth, type RouteHandlers } from '@mcp-auth/next';
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  originValidationResponse,
} from '@modelcontextprotocol/server';
import { hostnamesOf, operations, requiredScopes } from './access.js';
import { type Config, readConfig } from './config.js';
import { createMcpServer } from './mcp-server.js';

export interface Routes {
  readonly mcp: RouteHandlers;
  readonly metadata: RouteHandlers<[request: Request]>;
}

export function createRoutes({ resource, authorizationServers }: Config): Routes {
  const mcpAuth = new MCPAuth({
    protectedResources: {
      metadata: { resource, authorizationServers, scopesSupported: requiredScopes },
    },
  });
  const handler = createMcpHandler(createMcpServer);
  const hostnames = hostnamesOf(resource);
  const serve = (request: Request): Response | Promise<Response> => {
    const authInfo = getAuth(request);
    return (
      hostHeaderValidationResponse(request, hostnames) ??
      originValidationResponse(request, hostnames) ??
      handler.fetch(request, authInfo && { authInfo })
    );
  };
  return {
    mcp: mcpAuth.protect(serve, { requiredScopes, operations }),
    metadata: mcpAuth.protectedResourceMetadataRouter(),
  };
}

let routes: Routes | undefined;

/** Made when they are needed: `next build` loads the files of routes as well, where there are no settings. */
export function getRoutes(): Routes {
  return (routes ??= createRoutes(readConfig()));
}
