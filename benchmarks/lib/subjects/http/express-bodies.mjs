import { once } from 'node:events';
import { authContext } from '@mcp-auth/core/context';
import { MCPAuth } from '@mcp-auth/express';
import express from 'express';
import { answerTo, bodyLimit, bodyRoutes, optionsOf } from './body-routes.mjs';
import { mapValues } from './own.mjs';

/** Express with routes that take a body: read by the framework's own parser, or by `operations`. */
export const httpSubjects = mapValues(bodyRoutes, (route) => async ({ issuer, resource, scope }) => {
  const app = express();
  const middleware = [];
  if (!route.isBare) {
    const mcpAuth = new MCPAuth({ resource, authorizationServers: [issuer] });
    app.use(mcpAuth.protectedResourceMetadataRouter());
    middleware.push(mcpAuth.bearerAuth(optionsOf(route, scope, authContext)));
  }
  if (!route.reads) middleware.push(express.json({ limit: bodyLimit }));
  app.post('/mcp', ...middleware, (request, response) => response.json(answerTo(request.body)));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
});
