import { mcpAuth } from '@/lib/mcp-auth';
import { authInfoOf } from '@mcp-auth/next';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: authInfoOf(context)?.subject ?? 'nobody' }],
  }));
  return server;
});

export const { GET, POST, DELETE } = mcpAuth.protect(mcp);
