import Fastify from 'fastify';
import { describeContract } from '../../core/test/support/contract-suite.js';
import { fetchServerConfig, fetchServerConfigByWellKnownUrl, getAuth, MCPAuth } from '../src/index.js';

describeContract({
  name: 'Fastify 5',
  MCPAuth,
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  start: async (config, routes, see) => {
    const mcpAuth = new MCPAuth(config);
    const app = Fastify();
    await app.register(mcpAuth.protectedResourceMetadataRouter());
    for (const { path, mode, options } of routes) {
      app.all(path, mcpAuth.bearerAuth(mode, options), (request, reply) => {
        const { auth: attached } = request as { readonly auth?: unknown };
        void reply.send(see({ auth: getAuth(request), attached }));
      });
    }
    return { origin: await app.listen({ port: 0, host: '127.0.0.1' }), close: () => app.close() };
  },
});
