import { getAuth, MCPAuth } from '@mcp-auth/hono';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/hono';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { Hono } from 'hono';
import { hostnamesOf, operations, requiredScopes } from './access.js';
import type { Config } from './config.js';
import { createMcpServer } from './mcp-server.js';

export function createApp({ resource, authorizationServers }: Config): Hono {
  const mcpAuth = new MCPAuth({
    protectedResources: {
      metadata: { resource, authorizationServers, scopesSupported: requiredScopes },
    },
  });
  const mcp = createMcpHandler(createMcpServer);
  const hostnames = hostnamesOf(resource);

  const app = new Hono();
  app.use(hostHeaderValidation(hostnames));
  // Pages of any origin may read where tokens come from, so this stands before the check of origins
  app.route('/', mcpAuth.protectedResourceMetadataRouter());
  app.all(
    new URL(resource).pathname,
    originValidation(hostnames),
    mcpAuth.bearerAuth({ requiredScopes, operations }),
    (context) => {
      const authInfo = getAuth(context);
      return mcp.fetch(context.req.raw, authInfo && { authInfo });
    },
  );
  return app;
}
