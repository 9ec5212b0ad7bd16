import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { AuthInfo, MCPAuthConfig } from '@mcp-auth/core';
import type { OptionsFor, VerificationMode } from '@mcp-auth/core/adapter';
import { MCPAuth as FetchMCPAuth, type FetchHandlerOptions } from '@mcp-auth/core/fetch';
import { getAuth as getExpressAuth, MCPAuth as ExpressMCPAuth } from '@mcp-auth/express';
import { getAuth as getFastifyAuth, MCPAuth as FastifyMCPAuth } from '@mcp-auth/fastify';
import { getAuth as getHonoAuth, MCPAuth as HonoMCPAuth } from '@mcp-auth/hono';
import express from 'express';
import { fastify } from 'fastify';
import { Hono } from 'hono';

/** A route at `/mcp` that answers with its caller. */
export interface ProtectedRoute {
  readonly config: MCPAuthConfig;
  readonly mode: VerificationMode;
  readonly options: OptionsFor<VerificationMode>;
}

type CreateHost = (route: ProtectedRoute) => Promise<RequestListener> | RequestListener;

const describeCaller = (auth: AuthInfo | undefined) => ({ ...auth?.toJSON() });

const onExpress: CreateHost = ({ config, mode, options }) => {
  const mcpAuth = new ExpressMCPAuth(config);
  const app = express();
  app.use(mcpAuth.protectedResourceMetadataRouter());
  app.all('/mcp', mcpAuth.bearerAuth(mode, options), (request, response) => {
    response.json(describeCaller(getExpressAuth(request)));
  });
  return app;
};

const onHono: CreateHost = ({ config, mode, options }) => {
  const mcpAuth = new HonoMCPAuth(config);
  const app = new Hono();
  app.route('/', mcpAuth.protectedResourceMetadataRouter());
  app.all('/mcp', mcpAuth.bearerAuth(mode, options), (context) =>
    context.json(describeCaller(getHonoAuth(context))),
  );
  const listener = getRequestListener(app.fetch);
  return (request, response) => void listener(request, response);
};

const onFastify: CreateHost = async ({ config, mode, options }) => {
  const mcpAuth = new FastifyMCPAuth(config);
  const app = fastify();
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.all('/mcp', mcpAuth.bearerAuth(mode, options), (request) => describeCaller(getFastifyAuth(request)));
  await app.ready();
  return (request, response) => app.routing(request, response);
};

const onFetch: CreateHost = ({ config, mode, options }) => {
  const mcpAuth = new FetchMCPAuth(config);
  const answer = {
    fetch: (_request: Request, handed?: FetchHandlerOptions) =>
      Response.json(describeCaller(handed?.authInfo)),
  };
  const handler = mcpAuth.protect(answer, mode, options);
  const listener = getRequestListener((request) => handler.fetch(request));
  return (request, response) => void listener(request, response);
};

/** Every adapter, by its name in test titles. */
export const hosts = [
  ['Express', onExpress],
  ['Hono', onHono],
  ['Fastify', onFastify],
  ['the fetch entry', onFetch],
] as const satisfies readonly (readonly [string, CreateHost])[];

export { onExpress, type CreateHost };
