import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import express4 from 'express4';
import type { ContractDriver } from '../../core/test/support/contract-fixture.js';
import { describeContract } from '../../core/test/support/contract-suite.js';
import { fetchServerConfig, fetchServerConfigByWellKnownUrl, getAuth, MCPAuth } from '../src/index.js';

function drive(name: string, framework: typeof express): ContractDriver {
  return {
    name,
    MCPAuth,
    fetchServerConfig,
    fetchServerConfigByWellKnownUrl,
    start: async (config, routes, see) => {
      const mcpAuth = new MCPAuth(config);
      const app = framework();
      // Express prints the errors that reach it otherwise
      app.set('env', 'test');
      app.use(mcpAuth.protectedResourceMetadataRouter());
      for (const { path, mode, options } of routes) {
        app.all(path, mcpAuth.bearerAuth(mode, options), (request, response) => {
          const { auth: attached } = request as { readonly auth?: unknown };
          response.json(see({ auth: getAuth(request), attached }));
        });
      }
      const server = createServer(app);
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
  };
}

describeContract(drive('Express 5', express));
describeContract(drive('Express 4', express4));
