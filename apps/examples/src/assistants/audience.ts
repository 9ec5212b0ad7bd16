import { MCPAuth } from '@mcp-auth/express';

/** This provider writes its own name into `aud`. Without `audiences`, only the resource itself counts. */
export const mcpAuth = new MCPAuth({
  resource: 'https://mcp.example.com/mcp',
  authorizationServers: [{ issuer: 'https://auth.example.com', audiences: ['api://notes'] }],
});
