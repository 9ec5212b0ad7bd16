import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HostileTrial, registerHostileTrial, type ConformanceSubject } from '@mcp-auth/conformance';
import { afterAll, describe, test } from 'vitest';
import { MCPAuth } from '../src/index.js';

const subject: ConformanceSubject = {
  name: 'node:http',
  async start(setup) {
    const mcpAuth = new MCPAuth(setup.config);
    const listeners = new Map(
      setup.routes.map(({ path, mode, options }) => [
        path,
        mcpAuth.bearerAuth(mode, options, (request, response) => {
          response.end(JSON.stringify(setup.handle(request.auth, undefined)));
        }),
      ]),
    );
    // Node's own limit would keep the huge tokens from the gate
    const server = createServer({ maxHeaderSize: 65_536 }, (request, response) => {
      const listener = listeners.get(new URL(request.url ?? '', 'http://localhost').pathname);
      if (listener === undefined) response.writeHead(404).end();
      else listener(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      close: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  },
};

/** All of it is tried on the core's own entry and on Express; here with `npm run test:long`. */
const selection = process.env.SOAK === 'full' ? 'all' : 'covering';
const kinds = ['plain', 'policy', ...(selection === 'all' ? (['keys', 'observed'] as const) : [])] as const;

for (const routes of kinds) {
  describe(`${subject.name}, ${routes} routes`, async () => {
    const trial = await HostileTrial.begin(subject, routes);
    afterAll(() => trial.end());
    registerHostileTrial(trial, test, selection);
  });
}
