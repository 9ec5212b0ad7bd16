/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is shown too */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApplicationSetup, ConformanceSubject, RunningSubject } from '@mcp-auth/conformance';
import type express from 'express';
import { getAuth, MCPAuth } from '../src/index.js';
import { MCPAuth as LegacyMCPAuth } from '../src/legacy.js';

interface ProtectedPath {
  readonly path: string;
  readonly gate: express.RequestHandler;
}

/** Builds the application under test on one major version of Express. */
export function createSubject(name: string, framework: typeof express): ConformanceSubject {
  const start = async (
    { openPath, frontHeaders, handle }: ApplicationSetup,
    router: express.Router,
    protectedPaths: readonly ProtectedPath[],
  ): Promise<RunningSubject> => {
    const app = framework();
    app.use((_request, response, next) => {
      for (const [field, value] of frontHeaders) response.setHeader(field, value);
      next();
    });
    app.use(router);
    app.get(openPath, (_request, response) => void response.send('open'));
    for (const { path, gate } of protectedPaths) {
      app.all(
        path,
        gate,
        framework.json(),
        framework.text({ type: () => true }),
        (request, response, next) => {
          // Express 4 does not catch a rejected promise
          Promise.resolve(handle(getAuth(request), request.body)).then((reply) => response.json(reply), next);
        },
      );
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
  };
  return {
    name,
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
  };
}
