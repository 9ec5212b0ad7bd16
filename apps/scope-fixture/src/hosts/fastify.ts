import type { IncomingMessage } from 'node:http';
import { MCPAuth } from '@mcp-auth/fastify';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import Fastify from 'fastify';
import { createVerifier } from '../contract.js';
import { getChallenges, getRouteOptions } from '../mechanism.js';
import { createServer } from '../server.js';
import type { CreateHost } from './host.js';

/** Node leaves `method` and `url` open because responses have neither; the SDK's types want them settled. */
type ServerRequest = IncomingMessage & { method: string; url: string };

export const createFastifyHost: CreateHost = async ({ resource, mechanism, config }) => {
  const mcpAuth = new MCPAuth(config);
  const challenges = getChallenges(mechanism, resource, mcpAuth);
  const mcp = toNodeHandler(createMcpHandler(() => createServer(challenges)));
  const app = Fastify();
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.route({
    method: ['GET', 'POST', 'DELETE'],
    url: new URL(resource).pathname,
    ...mcpAuth.bearerAuth(createVerifier(resource), getRouteOptions(mechanism, resource)),
    handler: async (request, reply) => {
      reply.hijack();
      await mcp(request.raw as ServerRequest, reply.raw, request.body);
    },
  });
  await app.ready();
  return (request, response) => app.routing(request, response);
};
