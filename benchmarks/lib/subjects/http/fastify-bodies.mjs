import { authContext } from '@mcp-auth/core/context';
import { MCPAuth } from '@mcp-auth/fastify';
import Fastify from 'fastify';
import { answerTo, bodyLimit, bodyRoutes, optionsOf } from './body-routes.mjs';
import { mapValues } from './own.mjs';

/** Fastify with routes that take a body, which it reads itself in any case. */
export const httpSubjects = mapValues(bodyRoutes, (route) => async ({ issuer, resource, scope }) => {
  const app = Fastify({ bodyLimit });
  let hooks = {};
  if (!route.isBare) {
    const mcpAuth = new MCPAuth({ resource, authorizationServers: [issuer] });
    await app.register(mcpAuth.protectedResourceMetadataRouter());
    hooks = mcpAuth.bearerAuth(optionsOf(route, scope, authContext));
  }
  app.post('/mcp', hooks, (request, reply) => {
    reply.send(answerTo(request.body));
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app.server.address().port;
});
