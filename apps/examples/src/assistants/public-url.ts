import { MCPAuth } from '@mcp-auth/express';

const { PUBLIC_URL = 'https://mcp.example.com/mcp', ISSUER = 'https://auth.example.com' } = process.env;

/** Both from the configuration of the deployment, and neither from a request. */
export const mcpAuth = new MCPAuth({ resource: PUBLIC_URL, authorizationServers: [ISSUER] });
