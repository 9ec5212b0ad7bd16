import fastifyJwt from '@fastify/jwt';
import { MCPAuth } from '@mcp-auth/fastify';
import Fastify from 'fastify';
import buildGetJwks from 'get-jwks';
import { requireScope } from '../require-scope.mjs';
import { bare, inline, self } from './names.mjs';
import { byKeys, mapValues } from './own.mjs';

/** Listens on a free port with one route, and tells the port. */
export async function listenOn(hooks, prepare) {
  const app = Fastify();
  await prepare?.(app);
  app.get('/mcp', { ...hooks }, (request, reply) => {
    reply.send({ ok: true });
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app.server.address().port;
}

const create = (trusts) => (setup) => {
  const { resource, scope } = setup;
  const mcpAuth = new MCPAuth({ resource, authorizationServers: [trusts(setup)] });
  return { mcpAuth, hooks: mcpAuth.bearerAuth({ requiredScopes: [scope] }) };
};
const ours = { [self]: create(({ issuer }) => issuer), [inline]: create(byKeys) };

/** Route options of MCP Auth, and none, for measurements without a network. */
export const middleware = {
  [bare]: () => ({ onRequest: (request, reply, done) => done() }),
  ...mapValues(ours, (prepare) => (setup) => prepare(setup).hooks),
};

const fastifyJwtWith =
  (cache) =>
  ({ alg, issuer, resource, scope }) => {
    const getJwks = buildGetJwks({ issuersWhitelist: [issuer], providerDiscovery: true });
    const onRequest = async (request) => {
      await request.jwtVerify();
      requireScope(request.user, scope);
    };
    return listenOn({ onRequest }, (app) =>
      app.register(fastifyJwt, {
        decode: { complete: true },
        secret: (request, { header }) =>
          getJwks.getPublicKey({ kid: header.kid, alg: header.alg, domain: issuer }),
        verify: {
          ...{ algorithms: [alg], allowedIss: issuer, allowedAud: resource, checkTyp: 'at+jwt' },
          requiredClaims: ['iss', 'aud', 'exp'],
          cache,
        },
      }),
    );
  };

/** Servers by subject; each listens and tells its port. */
export const httpSubjects = {
  [bare]: () => listenOn({}),
  ...mapValues(ours, (prepare) => (setup) => {
    const { mcpAuth, hooks } = prepare(setup);
    return listenOn(hooks, (app) => app.register(mcpAuth.protectedResourceMetadataRouter()));
  }),
  '@fastify/jwt with get-jwks': fastifyJwtWith(false),
  '@fastify/jwt with get-jwks, cache on': fastifyJwtWith(true),
};
