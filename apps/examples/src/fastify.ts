import { authInfoOf, MCPAuth } from '@mcp-auth/fastify';
import { localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/fastify';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import Fastify from 'fastify';

const resource = 'http://localhost:3000/mcp';
const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: authInfoOf(context)?.subject ?? 'nobody' }],
  }));
  return server;
});
const handle = toNodeHandler(mcp);

const app = Fastify().addHook('onRequest', localhostHostValidation());
await app.register(mcpAuth.protectedResourceMetadataRouter());
app.addHook('onRequest', localhostOriginValidation());
app.all('/mcp', mcpAuth.bearerAuth(), (req, reply) => handle(req.raw, reply.hijack().raw, req.body));
await app.listen({ port: 3000, host: '127.0.0.1' });
