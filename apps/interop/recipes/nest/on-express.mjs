import { All, Controller, Module, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { authInfoOf, MCPAuth } from '@mcp-auth/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import express from 'express';

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

// In TypeScript with decorators: @Controller('mcp') class McpController { @All() serve(@Req() …, @Res() …) }
class McpController {
  serve(request, response) {
    return handle(request, response, request.body);
  }
}
Req()(McpController.prototype, 'serve', 0);
Res()(McpController.prototype, 'serve', 1);
All()(McpController.prototype, 'serve', Object.getOwnPropertyDescriptor(McpController.prototype, 'serve'));
Controller('mcp')(McpController);

// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- Nest's modules are classes with a decorator and nothing else
class AppModule {}
Module({ controllers: [McpController] })(AppModule);

// Without Nest's parser, which would read bodies of callers without a token: ours comes after the token check
const app = await NestFactory.create(AppModule, { bodyParser: false, logger: false });
app.use(mcpAuth.protectedResourceMetadataRouter());
app.use('/mcp', mcpAuth.bearerAuth({ requiredScopes: ['notes:read'] }), express.json({ limit: '4mb' }));
await app.listen(Number(PORT), '127.0.0.1');
