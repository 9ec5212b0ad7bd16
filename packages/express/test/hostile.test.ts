import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { HostileTrial, registerHostileTrial, type ConformanceSubject } from '@mcp-auth/conformance';
import express from 'express';
import { afterAll, describe, test } from 'vitest';
import { getAuth, MCPAuth } from '../src/index.js';

// Express 4 brings no types of its own, and those of Express 5 describe what is used here
const express4 = createRequire(import.meta.url)('express4') as typeof express;

/** Node's own limit would keep the huge tokens from the gate. */
const maxHeaderSize = 65_536;

const subject = (name: string, createApp: typeof express): ConformanceSubject => ({
  name,
  async start(setup) {
    const mcpAuth = new MCPAuth(setup.config);
    const app = createApp();
    app.use(mcpAuth.protectedResourceMetadataRouter());
    for (const { path, mode, options } of setup.routes) {
      app.all(path, mcpAuth.bearerAuth(mode, options), (request, response) => {
        response.json(setup.handle(getAuth(request), undefined));
      });
    }
    const server = createServer({ maxHeaderSize }, app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      close: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  },
});

/** `npm run test:long` tries all of it on these routes too. */
const selection = process.env.SOAK === 'full' ? 'all' : 'covering';

for (const [entry, main] of [
  [subject('Express 5', express), 'all'],
  [subject('Express 4', express4), selection],
] as const) {
  for (const routes of [
    'plain',
    'policy',
    ...(selection === 'all' ? (['keys', 'observed'] as const) : []),
  ] as const) {
    describe(`${entry.name}, ${routes} routes`, async () => {
      const trial = await HostileTrial.begin(entry, routes);
      afterAll(() => trial.end());
      registerHostileTrial(trial, test, routes === 'plain' ? main : selection);
    });
  }
}
