import { fastify } from 'fastify';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { describeStreams, type StartStreamSubject } from '../../core/test/support/stream-suite.js';
import { getAuth, MCPAuth } from '../src/index.js';

const start =
  (form: 'hijack' | 'reply' | 'context'): StartStreamSubject =>
  async ({ config, routes, onNode, onWeb }) => {
    const mcpAuth = new MCPAuth(config);
    const app = fastify();
    await app.register(mcpAuth.protectedResourceMetadataRouter());
    for (const [url, options] of routes) {
      const auth = mcpAuth.bearerAuth(options);
      await app.register(async (context) => {
        if (form === 'context') await context.register(auth.plugin);
        context.route({
          ...(form === 'context' ? undefined : auth),
          method: ['GET', 'POST'],
          url,
          handler: (request, reply) => {
            if (form !== 'reply') {
              reply.hijack();
              onNode(getAuth(request), reply.raw);
              return reply;
            }
            const { headers, body } = onWeb(getAuth(request));
            void reply.header('content-type', headers.get('content-type'));
            // Fastify sends the head with the first byte
            setImmediate(() => reply.raw.flushHeaders());
            return reply.send(Readable.fromWeb(body as ReadableStream<Uint8Array>));
          },
        });
      });
    }
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    return {
      mcpAuth,
      fetch: (path, init) => fetch(`${origin}${path}`, init),
      close: async () => {
        app.server.closeAllConnections();
        await app.close();
      },
    };
  };

describeStreams('Fastify, with the raw response', start('hijack'));
describeStreams('Fastify, with a reply', start('reply'));
describeStreams('Fastify, a whole context', start('context'));
