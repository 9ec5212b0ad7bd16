import { authInfoOf } from '@mcp-auth/express';
import { McpServer } from '@modelcontextprotocol/server';

/** `getOwnToken` asks the authorization server of the other API: client credentials, or token exchange (RFC 8693). */
export function createServer(getOwnToken: () => Promise<string>): McpServer {
  const server = new McpServer({ name: 'reports', version: '1.0.0' });
  server.registerTool('list-reports', { description: 'Lists reports' }, async (context) => {
    const url = new URL('https://reports.example.com/reports');
    url.searchParams.set('owner', authInfoOf(context)?.subject ?? '');
    // Never authInfoOf(context).token: that one was made for this server alone
    const response = await fetch(url, { headers: { authorization: `Bearer ${await getOwnToken()}` } });
    return { content: [{ type: 'text', text: await response.text() }] };
  });
  return server;
}
