import { authInfoOf, MCPAuth } from '@mcp-auth/fastify';
import { localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/fastify';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import Fastify from 'fastify';

// Who issues tokens, and the URL that clients use for this server
const {
  ISSUER = 'http://127.0.0.1:9400',
  RESOURCE = 'http://localhost:3000/mcp',
  PORT = '3000',
} = process.env;

// 1. Name the resource, and the authorization servers it trusts
const mcpAuth = new MCPAuth({ resource: RESOURCE, authorizationServers: [ISSUER] });

// An MCP server with one tool, on the official SDK
const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: `You are ${authInfoOf(context)?.subject}.` }],
  }));
  return server;
});
const handleMcp = toNodeHandler(mcp);

const app = Fastify();
app.addHook('onRequest', localhostHostValidation());

// 2. Publish where tokens come from. Pages of any origin may read that, so it stands before the check of origins
await app.register(mcpAuth.protectedResourceMetadataRouter());
app.addHook('onRequest', localhostOriginValidation());

// 3. Let nobody pass without a token for this resource
app.all('/mcp', mcpAuth.bearerAuth(), async (request, reply) => {
  reply.hijack();
  await handleMcp(request.raw, reply.raw, request.body);
});

await app.listen({ port: Number(PORT), host: '127.0.0.1' });
console.log(`MCP server: ${RESOURCE}`);
