/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is shown too */
import {
  cases,
  coveringCases,
  registerConformance,
  type ApplicationSetup,
  type RunningSubject,
} from '@mcp-auth/conformance';
import { fastify, type FastifyPluginCallback } from 'fastify';
import { describe, test } from 'vitest';
import { getAuth, MCPAuth } from '../src/index.js';
import { MCPAuth as LegacyMCPAuth } from '../src/legacy.js';

interface ProtectedPath {
  readonly path: string;
  readonly gate: ReturnType<MCPAuth['bearerAuth']>;
}

async function start(
  { openPath, frontHeaders, handle }: ApplicationSetup,
  router: FastifyPluginCallback,
  protectedPaths: readonly ProtectedPath[],
): Promise<RunningSubject> {
  const app = fastify();
  app.addHook('onRequest', (_request, reply, done) => {
    for (const [name, value] of frontHeaders) void reply.header(name, value);
    done();
  });
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));
  await app.register(router);
  app.get(openPath, () => 'open');
  for (const { path, gate } of protectedPaths) {
    app.all(path, gate, (request) => handle(getAuth(request), request.body));
  }
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return { origin, close: () => app.close() };
}

/** Express and the fetch entry show all of them in every run; here `npm run test:long` does. */
const [selection, audit] =
  process.env.SOAK === 'full' ? ([cases, 'whole'] as const) : ([coveringCases, 'short'] as const);

describe('Fastify 5', () => {
  registerConformance(
    {
      name: 'Fastify 5',
      start: (setup) => {
        const mcpAuth = new MCPAuth(setup.config);
        return start(
          setup,
          mcpAuth.protectedResourceMetadataRouter(),
          setup.routes.map(({ path, mode, options }) => ({ path, gate: mcpAuth.bearerAuth(mode, options) })),
        );
      },
      startLegacy: (setup) => {
        const mcpAuth = new LegacyMCPAuth(setup.config);
        return start(
          setup,
          mcpAuth.delegatedRouter(),
          setup.routes.map(({ path, mode, options }) => ({ path, gate: mcpAuth.bearerAuth(mode, options) })),
        );
      },
    },
    test,
    selection,
    { audit },
  );
});
