import { registerConformance, type ConformanceSubject } from '@mcp-auth/conformance';
import { fastify } from 'fastify';
import { describe, test } from 'vitest';
import { getAuth, MCPAuth } from '../src/index.js';

const subject: ConformanceSubject = {
  name: 'Fastify 5',
  async start({ config, router, routes, openPath, frontHeaders, handle }) {
    const mcpAuth = new MCPAuth(config);
    const app = fastify();
    app.addHook('onRequest', (_request, reply, done) => {
      for (const [name, value] of frontHeaders) void reply.header(name, value);
      done();
    });
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));
    await app.register(mcpAuth[router]());
    app.get(openPath, () => 'open');
    for (const { path, mode, options } of routes) {
      app.all(path, mcpAuth.bearerAuth(mode, options), (request) => handle(getAuth(request), request.body));
    }
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    return { origin, close: () => app.close() };
  },
};

describe('Fastify 5', () => {
  registerConformance(subject, test);
});
