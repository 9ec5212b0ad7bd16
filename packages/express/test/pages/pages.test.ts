import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
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

  const app = express();
  app.use(mcpAuth.protectedResourceMetadataRouter());
  app.get('/notes', mcpAuth.bearerAuth('jwt', route), (req, res) => {
    res.json({ notes: [], subject: getAuth(req)?.subject });
  });
  app.all('/mcp', mcpAuth.bearerAuth('jwt', { ...route, asyncContext: authContext }), (req, res) =>
    handleNode(req, res, undefined, getAuthInfo),
  );
  app.get(
    '/leeway',
    mcpAuth.bearerAuth('jwt', { ...route, jwtVerify: { clockTolerance: 60 } }),
    (_req, res) => {
      res.json({});
    },
  );
  return app;
}

describePages<AuthServerConfig>({
  name: '@mcp-auth/express',
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  byHand: (config) => config,
  discover: (issuer, type) => ({ issuer, type }),
  hasContext: true,
  start: async (resourceIdentifier, authServerConfig) => {
    const server = createServer(createApp(resourceIdentifier, authServerConfig));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  },
});
