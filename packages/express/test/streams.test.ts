import express from 'express';
import express4 from 'express4';
import { createServer } from 'node:http';
import { closeServer, listen } from '../../core/test/support/listen.js';
import { describeStreams, type StartStreamSubject } from '../../core/test/support/stream-suite.js';
import { getAuth, MCPAuth } from '../src/index.js';

for (const [name, framework] of [
  ['Express 5', express],
  ['Express 4', express4],
] as const) {
  const start: StartStreamSubject = async ({ config, routes, onNode }) => {
    const mcpAuth = new MCPAuth(config);
    const app = framework();
    for (const [path, options] of routes) {
      app.all(path, mcpAuth.bearerAuth(options), (request, response) => onNode(getAuth(request), response));
    }
    const server = createServer(app);
    const origin = await listen(server);
    return {
      mcpAuth,
      fetch: (path, init) => fetch(`${origin}${path}`, init),
      close: () => closeServer(server),
    };
  };
  describeStreams(name, start);
}
