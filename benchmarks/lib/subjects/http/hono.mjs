import { once } from 'node:events';
import { serve } from '@hono/node-server';
import { MCPAuth } from '@mcp-auth/hono';
import { Hono } from 'hono';
import { jwk } from 'hono/jwk';
import { requireScope } from '../require-scope.mjs';
import { bare, self } from './names.mjs';

async function listen(...middleware) {
  const app = new Hono();
  app.get('/mcp', ...middleware, (context) => context.json({ ok: true }));
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  return server.address().port;
}

/** Middleware of MCP Auth, and a no-op, for measurements without a network. */
export const middleware = {
  [bare]: () => async (context, next) => {
    if (context.req.header('authorization') === 'nobody') context.status(401);
    await next();
  },
  [self]: ({ issuer, jwks, resource, scope }) =>
    new MCPAuth({
      protectedResources: { metadata: { resource, authorizationServers: [{ metadata: { issuer }, jwks }] } },
    }).bearerAuth('jwt', { resource, requiredScopes: [scope] }),
};

/** Servers by subject; each listens and tells its port. */
export const httpSubjects = {
  [bare]: (setup) => listen(middleware[bare](setup)),
  [self]: (setup) => listen(middleware[self](setup)),
  'hono/jwk, keys given': ({ alg, issuer, jwks, resource, scope }) =>
    listen(
      jwk({ keys: jwks, alg: [alg], verification: { iss: issuer, aud: resource, typ: 'at+jwt' } }),
      async (context, next) => {
        requireScope(context.get('jwtPayload'), scope);
        await next();
      },
    ),
};
