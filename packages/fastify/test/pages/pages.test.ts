import Fastify from 'fastify';
import { handleNode } from '../../../mcp-auth/test/support/pages/mcp-endpoint.js';
import { describePages } from '../../../mcp-auth/test/support/pages/suite.js';
import { authContext, getAuthInfo } from '../../src/context.js';
import {
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  getAuth,
  MCPAuth,
  type AuthServerConfig,
} from '../../src/index.js';

async function createApp(resourceIdentifier: string, authServerConfig: AuthServerConfig) {
  const mcpAuth = new MCPAuth({
    protectedResources: [
      {
        metadata: {
          resource: resourceIdentifier,
          authorizationServers: [authServerConfig],
          scopesSupported: ['read:notes', 'write:notes'],
        },
      },
    ],
  });
  const route = {
    resource: resourceIdentifier,
    audience: resourceIdentifier,
    requiredScopes: ['read:notes'],
  };

  const app = Fastify();
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.get('/notes', mcpAuth.bearerAuth('jwt', route), async (request) => ({
    notes: [],
    subject: getAuth(request)?.subject,
  }));
  app.all(
    '/mcp',
    mcpAuth.bearerAuth('jwt', { ...route, asyncContext: authContext }),
    async (request, reply) => {
      reply.hijack();
      const raw = Object.assign(request.raw, { auth: getAuth(request) });
      await handleNode(raw, reply.raw, request.body, getAuthInfo);
    },
  );
  app.get(
    '/leeway',
    mcpAuth.bearerAuth('jwt', { ...route, jwtVerify: { clockTolerance: 60 } }),
    async () => ({}),
  );
  return app;
}

describePages<AuthServerConfig>({
  name: '@mcp-auth/fastify',
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  byHand: (config) => config,
  discover: (issuer, type) => ({ issuer, type }),
  hasContext: true,
  start: async (resourceIdentifier, authServerConfig) => {
    const app = await createApp(resourceIdentifier, authServerConfig);
    return { origin: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() };
  },
});
