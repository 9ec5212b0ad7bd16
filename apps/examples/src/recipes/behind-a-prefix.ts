import { authInfoOf, MCPAuth } from '@mcp-auth/express';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import express from 'express';

/** What clients see: the gateway forwards /notes/… to this process, without /notes. */
const prefix = process.env['PUBLIC_PREFIX'] ?? 'https://mcp.example.com/notes';
const issuer = process.env['ISSUER'] ?? 'https://auth.example.com';

const mcpAuth = new MCPAuth({
  protectedResources: {
    metadata: { resource: `${prefix}/mcp`, authorizationServers: [issuer], scopesSupported: ['notes:read'] },
    // The gateway forwards nothing at the root of the host, where the document would be by default
    metadataUrl: `${prefix}/.well-known/oauth-protected-resource/mcp`,
  },
});

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: authInfoOf(context)?.subject ?? 'nobody' }],
  }));
  return server;
});
const handle = toNodeHandler(mcp);

/** The name that clients use: the proxy must leave the Host header as it is. */
const hostnames = [new URL(prefix).hostname];

export const app = express();
app.use(hostHeaderValidation(hostnames), mcpAuth.protectedResourceMetadataRouter());
app.use(originValidation(hostnames));
// The path as it arrives here. The body is parsed after the token was checked; serverless-http hands on bytes
const auth = mcpAuth.bearerAuth({ requiredScopes: ['notes:read'] });
app.all('/mcp', auth, express.json({ limit: '4mb' }), (request, response) =>
  handle(request, response, request.body),
);
