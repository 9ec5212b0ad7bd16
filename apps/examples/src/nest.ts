import { authInfoOf, MCPAuth } from '@mcp-auth/express';
import { BearerAuth, McpAuthModule } from '@mcp-auth/nest';
import { localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { All, Controller, Module, Req, Res, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Request, Response } from 'express';

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

@Controller('mcp')
@BearerAuth()
class McpController {
  @All()
  serve(@Req() request: Request, @Res() response: Response) {
    return handle(request, response, request.body);
  }
}

@Module({ imports: [McpAuthModule.forRoot(mcpAuth)], controllers: [McpController] })
class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer) {
    consumer.apply(localhostOriginValidation()).forRoutes(McpController);
  }
}

const app = await NestFactory.create(AppModule);
app.use(localhostHostValidation());
await app.listen(3000, '127.0.0.1');
