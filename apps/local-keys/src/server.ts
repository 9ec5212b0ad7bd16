import { AuthInfo } from '@mcp-auth/express';
import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

/** An MCP server with two tools. */
export function createServer(): McpServer {
  const server = new McpServer({ name: 'local-keys', version: '1.0.0' });
  server.registerTool(
    'echo',
    { description: 'Says what it is told.', inputSchema: z.object({ text: z.string().max(1000) }) },
    ({ text }) => ({ content: [{ type: 'text', text }] }),
  );
  server.registerTool('whoami', { description: 'Tells who is calling.' }, ({ http }) => {
    // The SDK types the caller by its own interface; the class check brings back all that MCP Auth put there
    const { subject = 'nobody' } = http?.authInfo instanceof AuthInfo ? http.authInfo : {};
    return { content: [{ type: 'text', text: subject }] };
  });
  return server;
}
