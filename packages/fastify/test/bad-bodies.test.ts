import Fastify from 'fastify';
import { describeBadBodies, type StartBodySubject } from '../../core/test/support/body-suite.js';
import { describeWire } from '../../core/test/support/wire-suite.js';
import { MCPAuth } from '../src/index.js';

const start: StartBodySubject = async ({ config, verify, routes, failed }) => {
  const mcpAuth = new MCPAuth(config);
  const app = Fastify();
  app.addHook('onError', (_request, _reply, error, done) => {
    failed(error);
    done();
  });
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  for (const [path, options] of routes) app.post(path, mcpAuth.bearerAuth(verify, options), () => ({}));
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app.server;
};

describeBadBodies('Fastify', start);
describeWire('Fastify', start);
