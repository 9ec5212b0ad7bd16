import { MCPAuth } from '@mcp-auth/express';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import express, { type Express } from 'express';
import { hostnamesOf, operations, requiredScopes } from './access.js';
import type { Config } from './config.js';
import { createMcpServer } from './mcp-server.js';

export function createApp({ resource, authorizationServers }: Config): Express {
  const mcpAuth = new MCPAuth({
    protectedResources: {
      metadata: { resource, authorizationServers, scopesSupported: requiredScopes },
    },
  });
  const handle = toNodeHandler(createMcpHandler(createMcpServer));
  const hostnames = hostnamesOf(resource);

  const app = express();
  app.disable('x-powered-by');
  app.use(hostHeaderValidation(hostnames));
  // Pages of any origin may read where tokens come from, so this stands before the check of origins
  app.use(mcpAuth.protectedResourceMetadataRouter());
  app.all(
    new URL(resource).pathname,
    originValidation(hostnames),
    mcpAuth.bearerAuth({ requiredScopes, operations }),
    (request, response) => handle(request, response, request.body),
  );
  return app;
}
