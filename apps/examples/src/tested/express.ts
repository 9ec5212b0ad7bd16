import { MCPAuth } from '@mcp-auth/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import express, { type Express } from 'express';
import { mcp, operations, requiredScopes, resource, type Settings } from './notes.js';

export function createApp(settings: Settings): Express {
  const mcpAuth = new MCPAuth({ resource, ...settings });
  const auth = mcpAuth.bearerAuth({ requiredScopes, operations });
  const handle = toNodeHandler(mcp);
  const app = express().use(mcpAuth.protectedResourceMetadataRouter());
  return app.all('/mcp', auth, (request, response) => handle(request, response, request.body));
}
