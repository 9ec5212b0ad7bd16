import { createServer } from 'node:http';
import { serve } from '@hono/node-server';
import type { BearerAuthOptions, MCPAuthConfig } from '@mcp-auth/core';
import { MCPAuth as FetchAuth } from '@mcp-auth/core/fetch';
import { MCPAuth as ExpressAuth } from '@mcp-auth/express';
import { MCPAuth as FastifyAuth } from '@mcp-auth/fastify';
import { getAuth, MCPAuth as HonoAuth } from '@mcp-auth/hono';
import { toNodeHandler } from '@modelcontextprotocol/node';
import type { McpHttpHandler } from '@modelcontextprotocol/server';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { closeServer, listen } from '../../../../packages/core/test/support/listen.js';

/** One endpoint behind the gate of one framework. */
export interface Host {
  readonly mcpAuth: Pick<FetchAuth, 'listFilter' | 'securitySchemes' | 'authorizationExtensions'>;
  /** Where it listens. */
  start(mcp: McpHttpHandler): Promise<{ readonly origin: string; readonly close: () => Promise<void> }>;
}

type CreateHost = (config: MCPAuthConfig, options: BearerAuthOptions) => Host;

export const hosts: Readonly<Record<'Express' | 'Hono' | 'Fastify' | 'fetch', CreateHost>> = {
  Express: (config, options) => {
    const mcpAuth = new ExpressAuth(config);
    return {
      mcpAuth,
      start: async (mcp) => {
        const handle = toNodeHandler(mcp);
        const app = express().use(mcpAuth.protectedResourceMetadataRouter());
        app.all('/mcp', mcpAuth.bearerAuth(options), (request, response) =>
          handle(request, response, request.body),
        );
        const server = createServer(app);
        return { origin: await listen(server), close: () => closeServer(server) };
      },
    };
  },
  Hono: (config, options) => {
    const mcpAuth = new HonoAuth(config);
    return {
      mcpAuth,
      start: (mcp) => {
        const app = new Hono();
        app.route('/', mcpAuth.protectedResourceMetadataRouter());
        app.all('/mcp', mcpAuth.bearerAuth(options), (c) => {
          const authInfo = getAuth(c);
          return mcp.fetch(c.req.raw, authInfo && { authInfo });
        });
        return serveFetch((request) => Promise.resolve(app.fetch(request)));
      },
    };
  },
  Fastify: (config, options) => {
    const mcpAuth = new FastifyAuth(config);
    return {
      mcpAuth,
      start: async (mcp) => {
        const handle = toNodeHandler(mcp);
        const app = Fastify();
        await app.register(mcpAuth.protectedResourceMetadataRouter());
        app.all('/mcp', mcpAuth.bearerAuth(options), (request, reply) =>
          // Node's own type, which the SDK describes more narrowly
          handle(request.raw as never, reply.hijack().raw, request.body),
        );
        return { origin: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() };
      },
    };
  },
  fetch: (config, options) => {
    const mcpAuth = new FetchAuth(config);
    return {
      mcpAuth,
      start: (mcp) => {
        const guarded = mcpAuth.protect(mcp, 'jwt', options);
        return serveFetch((request) => guarded.fetch(request));
      },
    };
  },
};

function serveFetch(
  fetch: (request: Request) => Promise<Response>,
): Promise<{ origin: string; close: () => Promise<void> }> {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      resolve({ origin: `http://127.0.0.1:${port}`, close: () => closeServer(server as never) });
    });
  });
}
