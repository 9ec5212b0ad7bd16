import { MCPAuth } from '@mcp-auth/core/fetch';
import type { AuthInfo } from '@mcp-auth/core';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

const resource = 'https://mcp.example.com/mcp';
const authorizationServers = [{ issuer: 'https://auth.example.com' }];
const mcpAuth = new MCPAuth({ protectedResources: { metadata: { resource, authorizationServers } } });

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, ({ http }) => {
    const { subject = 'nobody' } = http?.authInfo as AuthInfo;
    return { content: [{ type: 'text', text: subject }] };
  });
  return server;
});

export default mcpAuth.protect(mcp, 'jwt', { resource });
