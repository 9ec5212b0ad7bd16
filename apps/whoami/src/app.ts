import { allowedHostnames, type Sample, type SampleConfig } from '@mcp-auth/app-sample-kit';
import { MCPAuth } from '@mcp-auth/express';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import express from 'express';
import { createServer } from './server.js';
import { Visitors } from './visitors.js';

/** An MCP server on Express that tells its callers who they are. */
export function createApp({ issuer, furtherIssuers = [], resource, ...config }: SampleConfig): Sample {
  const mcpAuth = new MCPAuth({
    ...config,
    protectedResources: {
      metadata: {
        resource,
        resourceName: 'Who am I',
        authorizationServers: [issuer, ...furtherIssuers].map((trusted) => ({ issuer: trusted })),
        // Asked for by clients, for the name; not required
        scopesSupported: ['profile'],
      },
    },
  });
  const visitors = new Visitors();
  const mcp = toNodeHandler(createMcpHandler(() => createServer(visitors)));
  const hostnames = allowedHostnames(resource);

  const app = express();
  app.disable('x-powered-by');
  app.use(hostHeaderValidation(hostnames));
  // Before the validation of origins: pages of any origin may read the metadata
  app.use(mcpAuth.protectedResourceMetadataRouter());
  app.all(
    new URL(resource).pathname,
    originValidation(hostnames),
    mcpAuth.bearerAuth('jwt', { resource, operations: { tools: { 'list-visitors': ['visitors:read'] } } }),
    (request, response) => mcp(request, response, request.body),
  );
  return { listener: app, ready: () => mcpAuth.ready() };
}
