import Router from '@koa/router';
import { authInfoOf } from '@mcp-auth/core';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import Koa from 'koa';
import { MCPAuth } from './koa-mcp-auth.js';

const { RESOURCE: resource = 'https://mcp.example.com/mcp', ISSUER: issuer = 'https://auth.example.com' } =
  process.env;
const mcpAuth = new MCPAuth({ resource, authorizationServers: [issuer] });

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: authInfoOf(context)?.subject ?? 'nobody' }],
  }));
  return server;
});
const handle = toNodeHandler(mcp);

const router = new Router().all('/mcp', mcpAuth.bearerAuth({ requiredScopes: ['notes:read'] }), (context) => {
  // The SDK writes the answer itself, and takes a body that `operations` has read
  context.respond = false;
  return handle(context.req, context.res, Reflect.get(context.req, 'body'));
});

export const app = new Koa().use(mcpAuth.protectedResourceMetadataRouter()).use(router.routes());
