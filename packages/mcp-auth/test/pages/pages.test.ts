import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import {
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  MCPAuth,
  type AuthServerConfig,
} from '../../src/index.js';
import { handleNode } from '../support/pages/mcp-endpoint.js';
import { describePages } from '../support/pages/suite.js';

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
    res.json({ notes: [], subject: req.auth?.subject });
  });
  app.all('/mcp', mcpAuth.bearerAuth('jwt', route), (req, res) => handleNode(req, res));
  app.get(
    '/leeway',
    mcpAuth.bearerAuth('jwt', { ...route, jwtVerify: { clockTolerance: 60 } }),
    (_req, res) => {
      res.json({});
    },
  );
  return app;
}

// [contract row 15] as written for 0.2; the titles come from the suite that all packages share
describePages<AuthServerConfig>({
  name: 'mcp-auth',
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  byHand: (config) => config,
  discover: (issuer, type) => ({ issuer, type }),
  hasContext: false,
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
