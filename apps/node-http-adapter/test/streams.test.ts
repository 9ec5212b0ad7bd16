import { createServer } from 'node:http';
import { closeServer, listen } from '../../../packages/core/test/support/listen.js';
import { describeStreams } from '../../../packages/core/test/support/stream-suite.js';
import { MCPAuth } from '../src/index.js';

describeStreams('node:http', async ({ config, routes, onNode }) => {
  const mcpAuth = new MCPAuth(config);
  const listeners = new Map(
    routes.map(([path, options]) => [
      path,
      mcpAuth.bearerAuth('jwt', options, (request, response) => onNode(request.auth, response)),
    ]),
  );
  const server = createServer((request, response) => listeners.get(request.url ?? '')?.(request, response));
  const origin = await listen(server);
  return {
    mcpAuth,
    fetch: (path, init) => fetch(`${origin}${path}`, init),
    close: () => closeServer(server),
  };
});
