import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { createAdaptorServer, getRequestListener } from '@hono/node-server';
import { MCPAuth as FetchMCPAuth } from '@mcp-auth/core/fetch';
import { Hono } from 'hono';
import { describeBadBodies, type StartBodySubject } from '../../core/test/support/body-suite.js';
import { listen } from '../../core/test/support/listen.js';
import { describeWire } from '../../core/test/support/wire-suite.js';
import { MCPAuth } from '../src/index.js';

const startHono: StartBodySubject = async ({ config, verify, routes, failed }) => {
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
};

/** As Get started does it. */
const startFetch: StartBodySubject = async ({ config, verify, routes, failed }) => {
  const mcpAuth = new FetchMCPAuth(config);
  const handlers = routes.map(([path, options]) => {
    const handler = mcpAuth.protect({ fetch: () => Response.json({}) }, verify, { ...options, path });
    return { path, handler };
  });
  const listener = getRequestListener(
    async (request) => {
      const { pathname } = new URL(request.url);
      // What is nobody's is for protect() to answer
      const { handler } = handlers.find(({ path }) => path === pathname) ?? handlers[0] ?? {};
      try {
        return await handler?.fetch(request);
      } catch (error) {
        failed(error);
        throw error;
      }
    },
    { overrideGlobalObjects: false },
  );
  const server = createServer((request, response) => void listener(request, response));
  await listen(server);
  return server;
};

for (const [title, start] of [
  ['Hono on Node', startHono],
  ['the fetch entry on Node', startFetch],
] as const) {
  describeBadBodies(title, start);
  describeWire(title, start);
}
