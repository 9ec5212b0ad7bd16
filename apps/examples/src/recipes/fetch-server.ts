import { authInfoOf } from '@mcp-auth/core';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

/** The URL that clients use. Never taken from a request: in Next.js and behind proxies `request.url` says another one. */
const resource = process.env['RESOURCE'] ?? 'https://mcp.example.com/mcp';
const issuer = process.env['ISSUER'] ?? 'https://auth.example.com';
const mcpAuth = new MCPAuth({ resource, authorizationServers: [issuer] });

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: authInfoOf(context)?.subject ?? 'nobody' }],
  }));
  return server;
});

/** Answers at the path of the resource, and at the path of its metadata. */
export const server = mcpAuth.protect(mcp, { requiredScopes: ['notes:read'] });
