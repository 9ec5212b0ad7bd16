import { createServer } from 'node:http';
import { describeBadBodies, type StartBodySubject } from '../../../packages/core/test/support/body-suite.js';
import { listen } from '../../../packages/core/test/support/listen.js';
import { describeWire } from '../../../packages/core/test/support/wire-suite.js';
import { MCPAuth } from '../src/index.js';

const start: StartBodySubject = async ({ config, verify, routes }) => {
  const mcpAuth = new MCPAuth(config);
  const listeners = new Map(
    routes.map(([path, options]) => [
      path,
      mcpAuth.bearerAuth(verify, options, (_request, response) => {
        response.setHeader('Content-Type', 'application/json');
        response.end('{}');
      }),
    ]),
  );
  const server = createServer((request, response) => {
    const listener = listeners.get(request.url?.split('?', 1)[0] ?? '');
    if (listener === undefined) response.writeHead(404).end();
    else listener(request, response);
  });
  await listen(server);
  return server;
};

describeBadBodies('node:http', start);
describeWire('node:http', start);
