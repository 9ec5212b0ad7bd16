import { MCPAuth } from '@mcp-auth/next';

/** The URL that clients use. Never taken from a request: `request.url` says another one. */
const resource = 'http://localhost:3000/mcp';

export const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
