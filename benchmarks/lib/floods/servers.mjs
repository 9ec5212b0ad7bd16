import { once } from 'node:events';
import { serve } from '@hono/node-server';
import { MCPAuth as ExpressAuth } from '@mcp-auth/express';
import { MCPAuth as FastifyAuth } from '@mcp-auth/fastify';
import { MCPAuth as HonoAuth } from '@mcp-auth/hono';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';

/** One route that takes opaque tokens and one that takes JWTs, set up as the READMEs show; resolves to what closes it. */
export const servers = {
  express: async (config) => {
    const mcpAuth = new ExpressAuth(config);
    const app = express();
    app.post('/opaque', mcpAuth.bearerAuth('introspection'), (request, response) => response.json({}));
    app.post('/jwt', mcpAuth.bearerAuth('jwt'), (request, response) => response.json({}));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { port: server.address().port, close: () => stop(server) };
  },
  fastify: async (config) => {
    const mcpAuth = new FastifyAuth(config);
    const app = Fastify();
    await app.register(mcpAuth.protectedResourceMetadataRouter());
    app.post('/opaque', mcpAuth.bearerAuth('introspection'), () => ({}));
    app.post('/jwt', mcpAuth.bearerAuth('jwt'), () => ({}));
    await app.listen({ port: 0, host: '127.0.0.1' });
    return { port: app.server.address().port, close: () => app.close() };
  },
  hono: async (config) => {
    const mcpAuth = new HonoAuth(config);
    const app = new Hono();
    app.post('/opaque', mcpAuth.bearerAuth('introspection'), (context) => context.json({}));
    app.post('/jwt', mcpAuth.bearerAuth('jwt'), (context) => context.json({}));
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await once(server, 'listening');
    return { port: server.address().port, close: () => stop(server) };
  },
};

async function stop(server) {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
