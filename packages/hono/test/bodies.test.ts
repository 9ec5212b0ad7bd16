import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { createAdaptorServer, getRequestListener } from '@hono/node-server';
import { MCPAuth as FetchMCPAuth } from '@mcp-auth/core/fetch';
import { Hono } from 'hono';
import { describeBadBodies } from '../../core/test/support/body-suite.js';
import { listen } from '../../core/test/support/listen.js';
import { MCPAuth } from '../src/index.js';

describeBadBodies('Hono on Node', async ({ config, verify, routes, failed }) => {
  const app = new Hono();
  app.onError((error, context) => {
    failed(error);
    return context.text('failed', 500);
  });
  const mcpAuth = new MCPAuth(config);
  for (const [path, options] of routes) {
    app.post(path, mcpAuth.bearerAuth(verify, options), (context) => context.json({}));
  }
  const server = createAdaptorServer(app) as Server;
  await listen(server);
  return server;
});

describeBadBodies('the fetch entry on Node', async ({ config, verify, routes, failed }) => {
  const mcpAuth = new FetchMCPAuth(config);
  const handlers = new Map(
    routes.map(([path, options]) => [
      path,
      mcpAuth.protect({ fetch: () => Response.json({}) }, verify, { ...options, path }),
    ]),
  );
  const listener = getRequestListener(async (request) => {
    try {
      return await handlers.get(new URL(request.url).pathname)?.fetch(request);
    } catch (error) {
      failed(error);
      throw error;
    }
  });
  const server = createServer((request, response) => void listener(request, response));
  await listen(server);
  return server;
});
