import { authInfoOf, MCPAuth } from '@mcp-auth/fastify';
import { BearerAuth, McpAuthModule } from '@mcp-auth/nest';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { All, Controller, Module, Req, Res } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

const { RESOURCE: resource = 'https://mcp.example.com/mcp', ISSUER: issuer = 'https://auth.example.com' } =
  process.env;
const mcpAuth = new MCPAuth({ resource, authorizationServers: [issuer] });

const mcp = createMcpHandler(() => {
  const server = new McpServer({ name: 'whoami', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [{ type: 'text', text: authInfoOf(context)?.subject ?? 'nobody' }],
  }));
  return server;
});
const handle = toNodeHandler(mcp);

@Controller('mcp')
@BearerAuth({ requiredScopes: ['notes:read'] })
class McpController {
  @All()
  serve(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return handle(request.raw, reply.hijack().raw, request.body);
  }
}

@Module({ imports: [McpAuthModule.forRoot(mcpAuth)], controllers: [McpController] })
export class AppModule {}

/** NestFactory.create(AppModule, createAdapter()) */
export const createAdapter = () => new FastifyAdapter();
