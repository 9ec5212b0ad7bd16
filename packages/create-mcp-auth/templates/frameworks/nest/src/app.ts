import { MCPAuth } from '@mcp-auth/express';
import { BearerAuth, McpAuthModule } from '@mcp-auth/nest';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { All, Controller, type MiddlewareConsumer, Module, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { hostnamesOf, operations, requiredScopes } from './access.js';
import type { Config } from './config.js';
import { createMcpServer } from './mcp-server.js';

@Controller('/mcp')
@BearerAuth({ requiredScopes, operations })
export class McpController {
  readonly #handle = toNodeHandler(createMcpHandler(createMcpServer));

  @All()
  serve(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#handle(request, response, request.body);
  }
}

export async function createApp({ resource, authorizationServers }: Config): Promise<NestExpressApplication> {
  const mcpAuth = new MCPAuth({
    protectedResources: {
      metadata: { resource, authorizationServers, scopesSupported: requiredScopes },
    },
  });
  const hostnames = hostnamesOf(resource);

  @Module({ imports: [McpAuthModule.forRoot(mcpAuth)], controllers: [McpController] })
  class AppModule {
    configure(consumer: MiddlewareConsumer): void {
      // Behind the metadata: pages of any origin may read where tokens come from
      consumer.apply(originValidation(hostnames)).forRoutes(McpController);
    }
  }

  const app = await NestFactory.create<NestExpressApplication>(AppModule);
  app.disable('x-powered-by');
  app.use(hostHeaderValidation(hostnames));
  await app.init();
  return app;
}
