import { serve, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { describeStreams, type StartStreamSubject } from '../../core/test/support/stream-suite.js';
import { getAuth, MCPAuth, type AuthEnv } from '../src/index.js';

const start =
  (form: 'web' | 'node'): StartStreamSubject =>
  async ({ config, routes, onWeb, onNode }) => {
    const mcpAuth = new MCPAuth(config);
    const app = new Hono<AuthEnv & { Bindings: HttpBindings }>();
    for (const [path, options] of routes) {
      app.all(path, mcpAuth.bearerAuth(options), (c) => {
        if (form === 'web') return onWeb(getAuth(c));
        onNode(getAuth(c), c.env.outgoing);
        return RESPONSE_ALREADY_SENT;
      });
    }
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    return {
      mcpAuth,
      fetch: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init),
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          (server as unknown as { closeAllConnections: () => void }).closeAllConnections();
        }),
    };
  };

describeStreams('Hono on Node', start('web'));
describeStreams('Hono on Node, with the response of Node', start('node'));

describeStreams('Hono elsewhere', ({ config, routes, onWeb }) => {
  const mcpAuth = new MCPAuth(config);
  const app = new Hono<AuthEnv>();
  for (const [path, options] of routes) app.all(path, mcpAuth.bearerAuth(options), (c) => onWeb(getAuth(c)));
  return Promise.resolve({
    mcpAuth,
    fetch: async (path, { signal, ...init }) => {
      const response = await app.request(path, init);
      const reader = response.body?.getReader();
      signal?.addEventListener('abort', () => void reader?.cancel());
      const body = new ReadableStream<Uint8Array>({
        pull: async (controller) => {
          const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
          if (done) controller.close();
          else controller.enqueue(value);
        },
      });
      return new Response(body, { status: response.status, headers: response.headers });
    },
    close: () => Promise.resolve(),
  });
});
