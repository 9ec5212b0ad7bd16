import fastifyJwt from '@fastify/jwt';
import { MCPAuth } from '@mcp-auth/fastify';
import Fastify from 'fastify';
import buildGetJwks from 'get-jwks';
import { requireScope } from '../require-scope.mjs';
import { bare, self } from './names.mjs';

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

/** Route options of MCP Auth, and a no-op, for measurements without a network. */
export const middleware = {
  [bare]: () => ({
    onRequest: (request, reply, done) => {
      if (request.headers.authorization === 'nobody') reply.code(401);
      done();
    },
  }),
  [self]: ({ issuer, jwks, resource, scope }) =>
    new MCPAuth({
      protectedResources: { metadata: { resource, authorizationServers: [{ metadata: { issuer }, jwks }] } },
    }).bearerAuth('jwt', { resource, requiredScopes: [scope] }),
};

const fastifyJwtWith =
  (cache) =>
  ({ alg, issuer, resource, scope }) => {
    const getJwks = buildGetJwks({ issuersWhitelist: [issuer] });
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
  [bare]: (setup) => listenOn(middleware[bare](setup)),
  [self]: (setup) => listenOn(middleware[self](setup)),
  '@fastify/jwt with get-jwks': fastifyJwtWith(false),
  '@fastify/jwt with get-jwks, cache on': fastifyJwtWith(true),
};
