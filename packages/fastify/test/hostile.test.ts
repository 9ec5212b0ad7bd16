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
