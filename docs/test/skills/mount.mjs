import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../../scripts/lib/project.mjs';

const { resolve } = createRequire(join(root, 'apps/examples/package.json'));

/** What applications have installed. */
export const load = (name) => import(pathToFileURL(resolve(name)).href);

/** @typedef {{ send: (request: Request) => Promise<Response>, stop: () => Promise<void> }} Mounted */

/** @type {Record<string, (auth: unknown, mcpAuth: any) => Promise<Mounted>>} a server at /mcp behind what `bearerAuth` or `protect` gave, by tab */
export const mountAuth = {
  Express: async (auth, mcpAuth) => {
    const { default: express } = await load('express');
    const app = express()
      .use(mcpAuth.protectedResourceMetadataRouter())
      .all('/mcp', auth, (_request, response) => void response.json({}));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return overHttp(server.address().port, () => new Promise((done) => server.close(done)));
  },
  Hono: async (auth, mcpAuth) => {
    const { Hono } = await load('hono');
    const app = new Hono().route('/', mcpAuth.protectedResourceMetadataRouter());
    app.all('/mcp', auth, (c) => c.json({}));
    return { send: async (request) => app.fetch(request), stop: async () => {} };
  },
  Fastify: async (auth, mcpAuth) => {
    const { default: fastify } = await load('fastify');
    const app = fastify();
    await app.register(mcpAuth.protectedResourceMetadataRouter());
    app.all('/mcp', auth, () => ({}));
    await app.listen({ port: 0, host: '127.0.0.1' });
    return overHttp(app.server.address().port, () => app.close());
  },
  fetch: async (server) => ({ send: (request) => server.fetch(request), stop: async () => {} }),
};

/** The gate that an `MCPAuth` gives a route, by tab. */
export function gateOf(tab, mcpAuth, options) {
  if (tab !== 'fetch') return mcpAuth.bearerAuth(options);
  return mcpAuth.protect({ fetch: () => Response.json({}) }, options);
}

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
