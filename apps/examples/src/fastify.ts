import { MCPAuth, type AuthInfo } from '@mcp-auth/fastify';
import { localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/fastify';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import Fastify from 'fastify';

const resource = 'http://localhost:3000/mcp';
const authorizationServers = [{ issuer: 'https://auth.example.com' }];
const mcpAuth = new MCPAuth({ protectedResources: { metadata: { resource, authorizationServers } } });

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, ({ http }) => {
    const { subject = 'nobody' } = http?.authInfo as AuthInfo;
    return { content: [{ type: 'text', text: subject }] };
  });
  return server;
});
const handleMcp = toNodeHandler(mcp);

const app = Fastify();
app.addHook('onRequest', localhostHostValidation());
// Before the check of origins: pages of any origin may read where tokens come from
await app.register(mcpAuth.protectedResourceMetadataRouter());
app.addHook('onRequest', localhostOriginValidation());
app.all('/mcp', mcpAuth.bearerAuth('jwt', { resource }), async (request, reply) => {
  reply.hijack();
  await handleMcp(request.raw, reply.raw, request.body);
});
await app.listen({ port: 3000, host: '127.0.0.1' });
