import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConformanceSubject } from '@mcp-auth/conformance';
import type express from 'express';
import { getAuth, MCPAuth } from '../src/index.js';

/** Builds the application under test on one major version of Express. */
export function createSubject(name: string, framework: typeof express): ConformanceSubject {
  return {
    name,
    async start({ config, router, routes, openPath, frontHeaders, handle }) {
      const mcpAuth = new MCPAuth(config);
      const app = framework();
      app.use((_request, response, next) => {
        for (const [field, value] of frontHeaders) response.setHeader(field, value);
        next();
      });
      app.use(mcpAuth[router]());
      app.get(openPath, (_request, response) => void response.send('open'));
      for (const { path, mode, options } of routes) {
        app.all(
          path,
          mcpAuth.bearerAuth(mode, options),
          framework.json(),
          framework.text({ type: () => true }),
          (request, response) => void response.json(handle(getAuth(request), request.body)),
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
    },
  };
}
