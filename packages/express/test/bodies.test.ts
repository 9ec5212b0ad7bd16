import { createServer } from 'node:http';
import express, { type ErrorRequestHandler } from 'express';
import express4 from 'express4';
import { describeBadBodies, type StartBodySubject } from '../../core/test/support/body-suite.js';
import { listen } from '../../core/test/support/listen.js';
import { describeWire } from '../../core/test/support/wire-suite.js';
import { MCPAuth } from '../src/index.js';

for (const [name, framework] of [
  ['Express 5', express],
  ['Express 4', express4],
] as const) {
  const start: StartBodySubject = async ({ config, verify, routes, failed }) => {
    const app = framework();
    const mcpAuth = new MCPAuth(config);
    for (const [path, options] of routes) {
      app.post(path, mcpAuth.bearerAuth(verify, options), (_request, response) => {
        response.json({});
      });
    }
    const onError: ErrorRequestHandler = (error, _request, _response, next) => {
      failed(error);
      next(error);
    };
    app.use(onError);
    const server = createServer(app);
    await listen(server);
    return server;
  };
  describeBadBodies(name, start);
  describeWire(name, start);
}
