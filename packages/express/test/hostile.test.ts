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

for (const entry of [subject('Express 5', express), subject('Express 4', express4)]) {
  describe(entry.name, async () => {
    const trial = await HostileTrial.begin(entry);
    afterAll(() => trial.end());
    registerHostileTrial(trial, test);
  });

  describe(`${entry.name}, where an engine decides behind the gate`, async () => {
    const trial = await HostileTrial.begin(entry, { withPolicy: true });
    afterAll(() => trial.end());
    // The whole corpus with npm run test:long
    registerHostileTrial(trial, test, process.env.SOAK === 'full' ? 'all' : 'covering');
  });
}
