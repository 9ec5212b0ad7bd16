import { once } from 'node:events';
import { serve } from '@hono/node-server';
import { MCPAuth } from '@mcp-auth/hono';
import { Hono } from 'hono';
import { jwk } from 'hono/jwk';
import { requireScope } from '../require-scope.mjs';
import { bare, inline, self } from './names.mjs';
import { byKeys, mapValues } from './own.mjs';

async function listen(middleware, metadata = []) {
  const app = new Hono();
  for (const router of metadata) app.route('/', router);
  app.get('/mcp', ...middleware, (context) => context.json({ ok: true }));
  // As the default does, which would also write every refusal to the console
  app.onError(
    (error, context) =>
      error.getResponse?.() ?? context.json({ error: error.message }, error.statusCode ?? 500),
  );
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  return server.address().port;
}

const create = (trusts) => (setup) => {
  const { resource, scope } = setup;
  const mcpAuth = new MCPAuth({ resource, authorizationServers: [trusts(setup)] });
  return { mcpAuth, middleware: mcpAuth.bearerAuth({ requiredScopes: [scope] }) };
};
const ours = { [self]: create(({ issuer }) => issuer), [inline]: create(byKeys) };

/** Middleware of MCP Auth, and none, for measurements without a network. */
export const middleware = {
  [bare]: () => (context, next) => next(),
  ...mapValues(ours, (prepare) => (setup) => prepare(setup).middleware),
};

const checkScope = (scope) => async (context, next) => {
  requireScope(context.get('jwtPayload'), scope);
  await next();
};

/** Servers by subject; each listens and tells its port. */
export const httpSubjects = {
  [bare]: () => listen([]),
  ...mapValues(ours, (prepare) => (setup) => {
    const { mcpAuth, middleware: protect } = prepare(setup);
    return listen([protect], [mcpAuth.protectedResourceMetadataRouter()]);
  }),
  'hono/jwk, keys given': ({ alg, issuer, jwks, resource, scope }) => {
    const verification = { iss: issuer, aud: resource, typ: 'at+jwt' };
    return listen([jwk({ keys: jwks, alg: [alg], verification }), checkScope(scope)]);
  },
  'hono/jwk with jwks_uri': ({ alg, issuer, jwksUri, resource, scope }) => {
    const verification = { iss: issuer, aud: resource, typ: 'at+jwt' };
    return listen([jwk({ jwks_uri: jwksUri, alg: [alg], verification }), checkScope(scope)]);
  },
};
