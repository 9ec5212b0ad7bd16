import { Elysia } from 'elysia';
import { server } from './fetch-server.js';

/** Bun's server is the second argument: it says who sent a request, which `limits` needs. */
const app = new Elysia();
for (const path of ['/mcp', '/.well-known/oauth-protected-resource/*']) {
  app.all(path, ({ request, server: host }) => server.fetch(request, host), { parse: 'none' });
}
app.listen({ port: 3000, hostname: '127.0.0.1' });
