import type { IncomingMessage } from 'node:http';
import type { Sample } from '@mcp-auth/app-sample-kit';
import { MCPAuth } from '@mcp-auth/fastify';
import { localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/fastify';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import Fastify from 'fastify';
import { createServer } from '../server.js';
import { createConfig, resourceAt, type LocalConfig } from '../trust-anchor.js';

export async function createFastifyApp(config: LocalConfig): Promise<Sample> {
  const mcpAuth = new MCPAuth(createConfig(config));
  const mcp = toNodeHandler(createMcpHandler(createServer));
  const { onRequest, preHandler } = mcpAuth.bearerAuth('jwt', {
    resource: resourceAt(config.origin),
    requiredScopes: ['echo'],
  });

  const app = Fastify();
  app.addHook('onRequest', localhostHostValidation());
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.route({
    method: ['GET', 'POST', 'DELETE'],
    url: '/mcp',
    onRequest: [localhostOriginValidation(), onRequest],
    preHandler,
    handler: async (request, reply) => {
      reply.hijack();
      await mcp(request.raw as ServerRequest, reply.raw, request.body);
    },
  });
  await app.ready();
  return {
    listener: (request, response) => app.routing(request, response),
    ready: () => mcpAuth.ready(),
    close: () => mcpAuth.close(),
  };
}

/** Node leaves `method` and `url` open because responses have neither; the SDK's types want them settled. */
type ServerRequest = IncomingMessage & { method: string; url: string };
