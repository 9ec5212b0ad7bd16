import { HostileTrial, registerHostileTrial, type ConformanceSubject } from '@mcp-auth/conformance';
import { fastify } from 'fastify';
import { afterAll, describe, test } from 'vitest';
import { getAuth, MCPAuth } from '../src/index.js';

const subject: ConformanceSubject = {
  name: 'Fastify',
  async start(setup) {
    const mcpAuth = new MCPAuth(setup.config);
    // Node's own limit would keep the huge tokens from the gate
    const app = fastify({ http: { maxHeaderSize: 65_536 } });
    await app.register(mcpAuth.protectedResourceMetadataRouter());
    for (const { path, mode, options } of setup.routes) {
      app.all(path, mcpAuth.bearerAuth(mode, options), (request) =>
        setup.handle(getAuth(request), undefined),
      );
    }
    return { origin: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
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
