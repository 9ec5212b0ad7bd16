import { once } from 'node:events';
import { serve } from '@hono/node-server';
import { authContext } from '@mcp-auth/core/context';
import { MCPAuth } from '@mcp-auth/hono';
import { Hono } from 'hono';
import { answerTo, bodyRoutes, optionsOf } from './body-routes.mjs';
import { mapValues } from './own.mjs';

/** Hono with routes that take a body: the handler reads it from the request, as that of an MCP server does. */
export const httpSubjects = mapValues(bodyRoutes, (route) => async ({ issuer, resource, scope }) => {
  const app = new Hono();
  const middleware = [];
  if (!route.isBare) {
    const mcpAuth = new MCPAuth({ resource, authorizationServers: [issuer] });
    app.route('/', mcpAuth.protectedResourceMetadataRouter());
    middleware.push(mcpAuth.bearerAuth(optionsOf(route, scope, authContext)));
  }
  app.post('/mcp', ...middleware, async (context) => context.json(answerTo(await context.req.raw.json())));
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  return server.address().port;
});
