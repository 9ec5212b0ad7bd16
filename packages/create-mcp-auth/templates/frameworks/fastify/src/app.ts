import { MCPAuth } from '@mcp-auth/fastify';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/fastify';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import Fastify, { type FastifyInstance } from 'fastify';
import { hostnamesOf, operations, requiredScopes } from './access.js';
import type { Config } from './config.js';
import { createMcpServer } from './mcp-server.js';

export async function createApp({ resource, authorizationServers }: Config): Promise<FastifyInstance> {
  const mcpAuth = new MCPAuth({
    protectedResources: {
      metadata: { resource, authorizationServers, scopesSupported: requiredScopes },
    },
  });
  const handle = toNodeHandler(createMcpHandler(createMcpServer));
  const hostnames = hostnamesOf(resource);

  const app = Fastify();
  app.addHook('onRequest', hostHeaderValidation(hostnames));
  // Pages of any origin may read where tokens come from, so this stands before the check of origins
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.addHook('onRequest', originValidation(hostnames));
  app.all(
    new URL(resource).pathname,
    mcpAuth.bearerAuth({ requiredScopes, operations }),
    async (request, reply) => {
      reply.hijack();
      await handle(request.raw, reply.raw, request.body);
    },
  );
  return app;
}
