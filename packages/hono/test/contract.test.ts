import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { ContractDriver } from '../../core/test/support/contract-fixture.js';
import { describeContract } from '../../core/test/support/contract-suite.js';
import {
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  getAuth,
  MCPAuth,
  type AuthEnv,
} from '../src/index.js';

const listener = (app: Hono<AuthEnv>) => getRequestListener((request) => app.fetch(request));

type Listen = (app: Hono<AuthEnv>) => Server;

function drive(name: string, listen: Listen): ContractDriver {
  return {
    name,
    MCPAuth,
    fetchServerConfig,
    fetchServerConfigByWellKnownUrl,
    start: async (config, routes, see) => {
      const mcpAuth = new MCPAuth(config);
      const app = new Hono<AuthEnv>();
      app.route('/', mcpAuth.protectedResourceMetadataRouter());
      for (const { path, mode, options } of routes) {
        app.all(path, mcpAuth.bearerAuth(mode, options), (context) =>
          context.json(see({ auth: getAuth(context), attached: context.get('auth') })),
        );
      }
      app.onError((_error, context) => context.text('failed', 500));
      const server = listen(app);
      if (!server.listening) await new Promise<void>((resolve) => server.once('listening', resolve));
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

describeContract(
  drive('Hono on Node', (app) => serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server),
);

/** Without the Node request at hand, as on Workers, Deno and Bun: there is nothing but the Request object. */
describeContract(
  drive('Hono on web-standard requests', (app) =>
    createServer((incoming, outgoing) => void listener(app)(incoming, outgoing)).listen(0, '127.0.0.1'),
  ),
);
