import type { Sample } from '@mcp-auth/app-sample-kit';
import { MCPAuth } from '@mcp-auth/express';
import { localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import express from 'express';
import { createServer } from '../server.js';
import { createConfig, resourceAt, type LocalConfig } from '../trust-anchor.js';

export function createExpressApp(config: LocalConfig): Sample {
  const mcpAuth = new MCPAuth(createConfig(config));
  const mcp = toNodeHandler(createMcpHandler(createServer));

  const app = express();
  app.disable('x-powered-by');
  app.use(localhostHostValidation());
  app.use(mcpAuth.protectedResourceMetadataRouter());
  app.all(
    '/mcp',
    localhostOriginValidation(),
    mcpAuth.bearerAuth('jwt', { resource: resourceAt(config.origin), requiredScopes: ['echo'] }),
    (request, response) => mcp(request, response, request.body),
  );
  return { listener: app, ready: () => mcpAuth.ready(), close: () => mcpAuth.close() };
}
