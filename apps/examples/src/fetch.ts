import { authInfoOf } from '@mcp-auth/core';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

const resource = 'https://mcp.example.com/mcp';
const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: authInfoOf(context)?.subject ?? 'nobody' }],
  }));
  return server;
});

export default mcpAuth.protect(mcp);
