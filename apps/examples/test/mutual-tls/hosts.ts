import { createServer, type Server } from 'node:https';
import { serve } from '@hono/node-server';
import type { MCPAuthConfig } from '@mcp-auth/core';
import { MCPAuth as FetchAuth } from '@mcp-auth/core/fetch';
import { MCPAuth as ExpressAuth } from '@mcp-auth/express';
import { MCPAuth as FastifyAuth } from '@mcp-auth/fastify';
import { MCPAuth as HonoAuth } from '@mcp-auth/hono';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import type { Certificate } from '../../../../packages/core/test/support/certificates.js';
import { closeServer } from '../../../../packages/core/test/support/listen.js';

/** Where it listens, with TLS. */
export interface Running {
  readonly port: number;
  readonly close: () => Promise<void>;
}

interface Host {
  readonly isHttp2?: true;
  start(config: MCPAuthConfig, server: Certificate): Promise<Running>;
}

/** What such servers of Node are told: ask for a certificate, and take any: the binding tells whose token it is. */
const optionsOf = ({ cert, key }: Certificate) => ({
  cert,
  key,
  requestCert: true,
  rejectUnauthorized: false,
});

const ran = JSON.stringify({ ran: true });

export const hosts: Readonly<Record<string, Host>> = {
  Express: {
    start: (config, server) => {
      const app = express();
      app.all('/mcp', new ExpressAuth(config).bearerAuth(), (_request, response) => void response.end(ran));
      return listen(createServer(optionsOf(server), app));
    },
  },
  Fastify: {
    start: async (config, server) => {
      const app = Fastify({ https: optionsOf(server) });
      app.all('/mcp', new FastifyAuth(config).bearerAuth(), () => ran);
      await app.listen({ port: 0, host: '127.0.0.1' });
      return { port: portOf(app.server), close: () => app.close() };
    },
  },
  'Fastify over HTTP/2': {
    isHttp2: true,
    start: async (config, server) => {
      const app = Fastify({ http2: true, https: optionsOf(server) });
      app.all('/mcp', new FastifyAuth(config).bearerAuth() as never, () => ran);
      await app.listen({ port: 0, host: '127.0.0.1' });
      return { port: portOf(app.server), close: () => app.close() };
    },
  },
  Hono: {
    start: (config, server) => {
      const app = new Hono();
      app.all('/mcp', new HonoAuth(config).bearerAuth(), (c) => c.body(ran));
      return serveFetch((request, env) => app.fetch(request, env), server);
    },
  },
  'Hono behind a middleware that replaces the request': {
    start: (config, server) => {
      const app = new Hono();
      app.use(async (c, next) => {
        c.req.raw = new Request(c.req.raw);
        await next();
      });
      app.all('/mcp', new HonoAuth(config).bearerAuth(), (c) => c.body(ran));
      return serveFetch((request, env) => app.fetch(request, env), server);
    },
  },
  fetch: {
    start: (config, server) => {
      const handler = { fetch: () => new Response(ran) };
      const guarded = new FetchAuth(config).protect(handler, 'jwt');
      return serveFetch((request, env) => guarded.fetch(request, env), server);
    },
  },
};

function serveFetch(
  fetch: (request: Request, env: unknown) => Response | Promise<Response>,
  server: Certificate,
): Promise<Running> {
  return new Promise((resolve) => {
    const options = { fetch, port: 0, hostname: '127.0.0.1', createServer, serverOptions: optionsOf(server) };
    const running = serve(options, ({ port }) => {
      resolve({ port, close: () => closeServer(running as never) });
    });
  });
}

function portOf(server: { address(): unknown }): number {
  return (server.address() as { port: number }).port;
}

function listen(server: Server): Promise<Running> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({ port: portOf(server), close: () => closeServer(server) });
    });
  });
}
