import { mcpAuth } from '@/lib/mcp-auth';
import { authInfoOf, getAuth } from '@mcp-auth/next';
import {
  createMcpHandler,
  localhostAllowedOrigins,
  McpServer,
  originValidationResponse,
} from '@modelcontextprotocol/server';

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: authInfoOf(context)?.subject ?? 'nobody' }],
  }));
  return server;
});

export const { GET, POST, DELETE } = mcpAuth.protect((request: Request) => {
  const authInfo = getAuth(request);
  // MCP wants pages of other hosts refused: name yours instead of this machine
  return (
    originValidationResponse(request, localhostAllowedOrigins()) ??
    mcp.fetch(request, authInfo && { authInfo })
  );
});
