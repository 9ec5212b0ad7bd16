import { serve } from '@hono/node-server';
import {
  HostileTrial,
  registerHostileTrial,
  serveFetch,
  type ConformanceSubject,
} from '@mcp-auth/conformance';
import { Hono } from 'hono';
import { afterAll, describe, test } from 'vitest';
import { getAuth, MCPAuth } from '../src/index.js';

/** Node's own limit would keep the huge tokens from the gate. */
const serverOptions = { maxHeaderSize: 65_536 };

type Setup = Parameters<ConformanceSubject['start']>[0];

function createApp(setup: Setup): Hono {
  const mcpAuth = new MCPAuth(setup.config);
  const app = new Hono();
  app.route('/', mcpAuth.protectedResourceMetadataRouter());
  for (const { path, mode, options } of setup.routes) {
    app.all(path, mcpAuth.bearerAuth(mode, options), (context) =>
      context.json(setup.handle(getAuth(context), undefined)),
    );
  }
  return app;
}

const onNode = 'Hono on Node';

const subjects: readonly ConformanceSubject[] = [
  {
    name: onNode,
    start: (setup) =>
      new Promise((resolve) => {
        const server = serve(
          { fetch: createApp(setup).fetch, hostname: '127.0.0.1', port: 0, serverOptions },
          (address) => {
            resolve({
              origin: `http://127.0.0.1:${address.port}`,
              close: async () => {
                if ('closeAllConnections' in server) server.closeAllConnections();
                await new Promise((closed) => server.close(closed));
              },
            });
          },
        );
      }),
  },
  {
    name: 'Hono where there are only Request and Response',
    start: (setup) => {
      const app = createApp(setup);
      return serveFetch((request) => app.fetch(request));
    },
  },
];

/** `npm run test:long` tries all of it on all of them. */
const allKinds = ['plain', 'policy', 'keys', 'observed'] as const;
const selection = process.env.SOAK === 'full' ? 'all' : 'covering';

for (const entry of subjects) {
  // The other one differs in where a request comes from, not in what is asked of it
  const kinds = selection === 'all' ? allKinds : allKinds.slice(0, entry.name === onNode ? 2 : 1);
  for (const routes of kinds) {
    describe(`${entry.name}, ${routes} routes`, async () => {
      const trial = await HostileTrial.begin(entry, routes);
      afterAll(() => trial.end());
      registerHostileTrial(trial, test, selection);
    });
  }
}
