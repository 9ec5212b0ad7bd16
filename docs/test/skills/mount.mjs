import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../../scripts/lib/project.mjs';

const { resolve } = createRequire(join(root, 'apps/examples/package.json'));

/** What applications have installed. */
export const load = (name) => import(pathToFileURL(resolve(name)).href);

/** @typedef {{ send: (request: Request) => Promise<Response>, stop: () => Promise<void> }} Mounted */

/** @type {Record<string, (app: any) => Promise<Mounted>>} an application, or what `protect` gave, by tab */
export const mountApp = {
  Express: async (app) => {
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return overHttp(server.address().port, () => new Promise((done) => server.close(done)));
  },
  Hono: async (app) => ({ send: async (request) => app.fetch(request), stop: async () => {} }),
  Fastify: async (app) => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    return overHttp(app.server.address().port, () => app.close());
  },
  'Next.js': async (route) => ({ send: (request) => route[request.method](request), stop: async () => {} }),
  NestJS: async (app) => {
    await app.listen(0, '127.0.0.1');
    return overHttp(app.getHttpServer().address().port, () => app.close());
  },
  fetch: async (server) => ({ send: (request) => server.fetch(request), stop: async () => {} }),
};

/** @type {Record<string, (mcpAuth: any) => Promise<any>>} the smallest application behind an `MCPAuth`, by tab */
export const createApp = {
  Express: async (mcpAuth) => {
    const { default: express } = await load('express');
    const app = express().use(mcpAuth.protectedResourceMetadataRouter());
    return app.all('/mcp', mcpAuth.bearerAuth(), (_request, response) => void response.json({}));
  },
  Hono: async (mcpAuth) => {
    const { Hono } = await load('hono');
    const app = new Hono().route('/', mcpAuth.protectedResourceMetadataRouter());
    return app.all('/mcp', mcpAuth.bearerAuth(), (c) => c.json({}));
  },
  Fastify: async (mcpAuth) => {
    const { default: fastify } = await load('fastify');
    const app = fastify();
    await app.register(mcpAuth.protectedResourceMetadataRouter());
    app.all('/mcp', mcpAuth.bearerAuth(), () => ({}));
    return app;
  },
  'Next.js': async (mcpAuth) => mcpAuth.protect(() => Response.json({})),
  NestJS: async (mcpAuth) => {
    // One after the other: two imports at once may meet half of a module that both need
    const { NestFactory } = await load('@nestjs/core');
    const { All, Controller, Module } = await load('@nestjs/common');
    const { BearerAuth, McpAuthModule } = (await load('@mcp-auth/nest')).default;
    class McpController {
      serve() {
        return {};
      }
    }
    const { prototype } = McpController;
    All()(prototype, 'serve', Object.getOwnPropertyDescriptor(prototype, 'serve'));
    BearerAuth()(McpController);
    Controller('mcp')(McpController);
    class AppModule {
      name = 'application';
    }
    Module({ imports: [McpAuthModule.forRoot(mcpAuth)], controllers: [McpController] })(AppModule);
    return NestFactory.create(AppModule, { logger: false });
  },
  fetch: async (mcpAuth) => mcpAuth.protect({ fetch: () => Response.json({}) }),
};

function overHttp(port, stop) {
  return {
    send: async (request) =>
      fetch(`http://127.0.0.1:${port}${new URL(request.url).pathname}`, {
        method: request.method,
        headers: request.headers,
        body: await request.text(),
      }),
    stop,
  };
}
