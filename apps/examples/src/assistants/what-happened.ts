import { MCPAuth } from '@mcp-auth/express';

/** `log: 'all'` prints the same, expired and missing tokens included. */
export const denied: string[] = [];

export const mcpAuth = new MCPAuth({
  resource: 'https://mcp.example.com/mcp',
  authorizationServers: ['https://auth.example.com'],
  onEvent: (event) => {
    if (event.type === 'decision' && event.outcome === 'deny') denied.push(`${event.status} ${event.code}`);
  },
});
