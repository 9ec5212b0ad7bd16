import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { MCPAuth as NodeMCPAuth } from '@mcp-auth/app-node-http-adapter';
import type { BearerAuthOptions, Handles, HandleOptions, MCPAuthConfig } from '@mcp-auth/core';
import { MCPAuth as FetchMCPAuth } from '@mcp-auth/core/fetch';
import { MCPAuth as ExpressMCPAuth } from '@mcp-auth/express';
import { MCPAuth as FastifyMCPAuth } from '@mcp-auth/fastify';
import { getAuth, MCPAuth as HonoMCPAuth } from '@mcp-auth/hono';
import express from 'express';
import { fastify } from 'fastify';
import { Hono } from 'hono';
import type { OfficialServer } from './official-server.js';

/** What is needed of any adapter's `MCPAuth`. */
export interface Auth {
  handles(options: HandleOptions): Handles;
  close(): Promise<void>;
}

/** An official server at `/mcp`, with a gate in front of it. */
export interface Route {
  readonly config: MCPAuthConfig;
  readonly options: BearerAuthOptions;
  readonly createServer: (mcpAuth: Auth) => OfficialServer;
}

export interface Host {
  readonly mcpAuth: Auth;
  readonly server: OfficialServer;
  readonly listener: RequestListener;
}

export type CreateHost = (route: Route) => Promise<Host> | Host;

const onExpress: CreateHost = ({ config, options, createServer }) => {
  const mcpAuth = new ExpressMCPAuth(config);
  const server = createServer(mcpAuth);
  const app = express();
  app.use(mcpAuth.protectedResourceMetadataRouter());
  app.all('/mcp', mcpAuth.bearerAuth(options), (request, response) =>
    server.onNode(request, response, request.body),
  );
  return { mcpAuth, server, listener: app };
};

const onHono: CreateHost = ({ config, options, createServer }) => {
  const mcpAuth = new HonoMCPAuth(config);
  const server = createServer(mcpAuth);
  const app = new Hono();
  app.route('/', mcpAuth.protectedResourceMetadataRouter());
  app.all('/mcp', mcpAuth.bearerAuth(options), (context) => {
    const authInfo = getAuth(context);
    return server.onWeb(context.req.raw, authInfo && { authInfo });
  });
  const listener = getRequestListener(app.fetch);
  return { mcpAuth, server, listener: (request, response) => void listener(request, response) };
};

const onFastify: CreateHost = async ({ config, options, createServer }) => {
  const mcpAuth = new FastifyMCPAuth(config);
  const server = createServer(mcpAuth);
  const app = fastify();
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.all('/mcp', mcpAuth.bearerAuth(options), (request, reply) =>
    server.onNode(request.raw, reply.hijack().raw, request.body),
  );
  await app.ready();
  return { mcpAuth, server, listener: (request, response) => app.routing(request, response) };
};

const onFetch: CreateHost = ({ config, options, createServer }) => {
  const mcpAuth = new FetchMCPAuth(config);
  const server = createServer(mcpAuth);
  const handler = mcpAuth.protect({ fetch: server.onWeb }, options);
  const listener = getRequestListener((request) => handler.fetch(request));
  return { mcpAuth, server, listener: (request, response) => void listener(request, response) };
};

const onNode: CreateHost = ({ config, options, createServer }) => {
  const mcpAuth = new NodeMCPAuth(config);
  const server = createServer(mcpAuth);
  const listener = mcpAuth.bearerAuth('jwt', options, (request, response) =>
    server.onNode(request, response, request.body),
  );
  return { mcpAuth, server, listener };
};

/** Every adapter, by its name in test titles. */
export const hosts = [
  ['Express', onExpress],
  ['Hono', onHono],
  ['Fastify', onFastify],
  ['the fetch entry', onFetch],
  ['raw Node', onNode],
] as const satisfies readonly (readonly [string, CreateHost])[];
