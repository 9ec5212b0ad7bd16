import { MCPAuth } from '@mcp-auth/core/fetch';
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  originValidationResponse,
} from '@modelcontextprotocol/server';
import { hostnamesOf, operations, requiredScopes } from './access.js';
import type { Config } from './config.js';
import { createMcpServer } from './mcp-server.js';

/** What Workers, Deno and Bun take as it is, and `server` runs on Node. */
export interface App {
  fetch(request: Request): Promise<Response>;
}

export function createApp({ resource, authorizationServers }: Config): App {
  const mcpAuth = new MCPAuth({
    protectedResources: {
      metadata: { resource, authorizationServers, scopesSupported: requiredScopes },
    },
  });
  const publish = mcpAuth.protectedResourceMetadataRouter();
  const mcp = mcpAuth.protect(createMcpHandler(createMcpServer), { requiredScopes, operations });
  const hostnames = hostnamesOf(resource);

  return {
    fetch: async (request) =>
      hostHeaderValidationResponse(request, hostnames) ??
      // Pages of any origin may read where tokens come from, so this stands before the check of origins
      (await publish(request)) ??
      originValidationResponse(request, hostnames) ??
      mcp.fetch(request),
  };
}
