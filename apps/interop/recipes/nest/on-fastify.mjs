import { All, Controller, Module, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { authInfoOf, MCPAuth } from '@mcp-auth/fastify';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';

const { RESOURCE, ISSUER, PORT = '3000' } = process.env;
const mcpAuth = new MCPAuth({ resource: RESOURCE, authorizationServers: [ISSUER] });

const handle = toNodeHandler(
  createMcpHandler(() => {
    const server = new McpServer({ name: 'whoami', version: '1.0.0' });
    server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
      content: [{ type: 'text', text: authInfoOf(context)?.subject ?? 'nobody' }],
    }));
    return server;
  }),
);

class McpController {
  serve(request, reply) {
    reply.hijack();
    return handle(request.raw, reply.raw, request.body);
  }
}
Req()(McpController.prototype, 'serve', 0);
Res()(McpController.prototype, 'serve', 1);
All()(McpController.prototype, 'serve', Object.getOwnPropertyDescriptor(McpController.prototype, 'serve'));
Controller('mcp')(McpController);

// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- Nest's modules are classes with a decorator and nothing else
class AppModule {}
Module({ controllers: [McpController] })(AppModule);

const adapter = new FastifyAdapter();
const fastify = adapter.getInstance();
await fastify.register(mcpAuth.protectedResourceMetadataRouter());
const auth = mcpAuth.bearerAuth({ requiredScopes: ['notes:read'] });
// Nest makes its routes later, and each passes here: the token check goes to all at or below /mcp
fastify.addHook('onRoute', (route) => {
  if (route.url === '/mcp' || route.url.startsWith('/mcp/')) Object.assign(route, auth);
});

const app = await NestFactory.create(AppModule, adapter, { logger: false });
await app.listen(Number(PORT), '127.0.0.1');
