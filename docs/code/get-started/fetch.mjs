import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { authInfoOf } from '@mcp-auth/core';
import { MCPAuth } from '@mcp-auth/core/fetch';
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  McpServer,
  originValidationResponse,
} from '@modelcontextprotocol/server';

// Who issues tokens, and the URL that clients use for this server
const {
  ISSUER = 'http://127.0.0.1:9400',
  RESOURCE = 'http://localhost:3000/mcp',
  PORT = '3000',
} = process.env;

// 1. Name the resource, and the authorization servers it trusts
const mcpAuth = new MCPAuth({ resource: RESOURCE, authorizationServers: [ISSUER] });

// An MCP server with one tool, on the official SDK
const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: `You are ${authInfoOf(context)?.subject}.` }],
  }));
  return server;
});

// 2. Publish where tokens come from. Pages of any origin may read that, so it stands before the check of origins
const publish = mcpAuth.protectedResourceMetadataRouter();

// 3. Let nobody pass without a token for this resource
const protectedMcp = mcpAuth.protect(mcp);

// On Node this listener leaves a body alone until somebody reads it, and sees every header.
// On Workers, Deno and Bun, export its function instead: export default { fetch: async (request) => … }
const listener = getRequestListener(
  async (request) =>
    hostHeaderValidationResponse(request, localhostAllowedHostnames()) ??
    (await publish(request)) ??
    originValidationResponse(request, localhostAllowedOrigins()) ??
    protectedMcp.fetch(request),
  { overrideGlobalObjects: false },
);
createServer(listener).listen(Number(PORT), '127.0.0.1', () => console.log(`MCP server: ${RESOURCE}`));
