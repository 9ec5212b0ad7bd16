import { describeStreams } from '../../core/test/support/stream-suite.js';
import { getAuth, MCPAuth } from '../src/index.js';
import { createAppRouter, type RouteExports } from './support/app-router.js';

describeStreams('route handlers of Next.js', ({ config, routes, onWeb }) => {
  const mcpAuth = new MCPAuth(config);
  const files = routes.map(([path, options]): [string, RouteExports] => [
    path,
    mcpAuth.protect((request) => onWeb(getAuth(request)), options),
  ]);
  const route = createAppRouter(new Map(files));
  return Promise.resolve({
    mcpAuth,
    fetch: async (path, { signal, ...init }) => {
      const response = await route(new Request(`https://api.example.com${path}`, init), {});
      const reader = response.body?.getReader();
      // What a server does when its client leaves
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
