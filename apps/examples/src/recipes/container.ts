import { authInfoOf, MCPAuth } from '@mcp-auth/express';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import express from 'express';

/** A container without its settings must not start with others. */
function read(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`Set ${name}.`);
  return value;
}

const resource = read('RESOURCE');
const mcpAuth = new MCPAuth({
  resource,
  authorizationServers: [
    {
      issuer: read('ISSUER'),
      type: 'oidc',
      internalOrigin: read('INTERNAL_ORIGIN'),
      // Between the containers of one machine. Leave it out where the inner address has TLS
      allowInsecureHttp: true,
    },
  ],
});

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: authInfoOf(context)?.subject ?? 'nobody' }],
  }));
  return server;
});
const handle = toNodeHandler(mcp);
const hostnames = [new URL(resource).hostname];

const app = express();
app.use(hostHeaderValidation(hostnames), mcpAuth.protectedResourceMetadataRouter());
// Clients ask for this scope, and Keycloak writes the resource into `aud` together with it
const auth = mcpAuth.bearerAuth({ requiredScopes: ['notes:read'] });
app.all('/mcp', originValidation(hostnames), auth, (request, response) =>
  handle(request, response, request.body),
);

// In a container every address is the container's own
export const server = app.listen(Number(read('PORT')), process.env['HOST'] ?? '0.0.0.0');
process.once('SIGTERM', () => server.close(() => void mcpAuth.close()));
