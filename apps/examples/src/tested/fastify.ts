import { MCPAuth } from '@mcp-auth/fastify';
import { toNodeHandler } from '@modelcontextprotocol/node';
import Fastify, { type FastifyInstance } from 'fastify';
import { mcp, operations, requiredScopes, resource, type Settings } from './notes.js';

export async function createApp(settings: Settings): Promise<FastifyInstance> {
  const mcpAuth = new MCPAuth({ resource, ...settings });
  const auth = mcpAuth.bearerAuth({ requiredScopes, operations });
  const handle = toNodeHandler(mcp);
  const app = Fastify();
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.all('/mcp', auth, (request, reply) => handle(request.raw, reply.hijack().raw, request.body));
  return app;
}
