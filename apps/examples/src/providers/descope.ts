import { MCPAuth } from '@mcp-auth/express';
import express from 'express';

const project = 'P32juVkF2iM8wAGoM8PiLkGi6POV';
const issuer = `https://api.descope.com/v1/apps/agentic/${project}/MS35d1Xw1Yo6zozsW7n8BU6xLmnAs`;

const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: {
      resource: 'https://api.example.com/mcp',
      authorizationServers: [
        {
          issuer,
          type: 'oidc',
          // Tokens name the MCP server or, as users report, its project
          tokenIssuers: [issuer, `https://api.descope.com/v1/apps/${project}`],
        },
      ],
      scopesSupported: ['mcp:read_notes', 'mcp:write_notes'],
    },
  },
});

export const app = express();
app.use(mcpAuth.protectedResourceMetadataRouter());
app.post('/mcp', mcpAuth.bearerAuth({ requiredScopes: ['mcp:read_notes'] }), ({ auth }, response) => {
  response.json({ client: auth?.clientId, scopes: auth?.scopes });
});
