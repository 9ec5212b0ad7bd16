import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { handleWeb } from '../../../mcp-auth/test/support/pages/mcp-endpoint.js';
import { describePages } from '../../../mcp-auth/test/support/pages/suite.js';
import { authContext, getAuthInfo } from '../../src/context.js';
import {
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  getAuth,
  MCPAuth,
  type AuthServerConfig,
} from '../../src/index.js';

function createApp(resourceIdentifier: string, authServerConfig: AuthServerConfig) {
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

  const app = new Hono();
  app.route('/', mcpAuth.protectedResourceMetadataRouter());
  app.get('/notes', mcpAuth.bearerAuth('jwt', route), (c) =>
    c.json({ notes: [], subject: c.get('auth')?.subject }),
  );
  app.all('/mcp', mcpAuth.bearerAuth('jwt', { ...route, asyncContext: authContext }), (c) =>
    handleWeb(c.req.raw, getAuth(c), getAuthInfo),
  );
  app.get('/leeway', mcpAuth.bearerAuth('jwt', { ...route, jwtVerify: { clockTolerance: 60 } }), (c) =>
    c.json({}),
  );
  return app;
}

describePages<AuthServerConfig>({
  name: '@mcp-auth/hono',
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  byHand: (config) => config,
  discover: (issuer, type) => ({ issuer, type }),
  hasContext: true,
  start: async (resourceIdentifier, authServerConfig) => {
    const { fetch } = createApp(resourceIdentifier, authServerConfig);
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    return {
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      close: () => new Promise((resolve) => server.close(() => resolve())),
    };
  },
});
