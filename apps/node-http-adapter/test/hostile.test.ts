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

describe(subject.name, async () => {
  const trial = await HostileTrial.begin(subject);
  afterAll(() => trial.end());
  registerHostileTrial(trial, test);
});

describe(`${subject.name}, where an engine decides behind the gate`, async () => {
  const trial = await HostileTrial.begin(subject, { withPolicy: true });
  afterAll(() => trial.end());
  // The whole corpus with npm run test:long
  registerHostileTrial(trial, test, process.env.SOAK === 'full' ? 'all' : 'covering');
});
