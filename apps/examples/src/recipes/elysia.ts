import { Elysia } from 'elysia';
import { server } from './fetch-server.js';

const app = new Elysia();
for (const path of ['/mcp', '/.well-known/oauth-protected-resource/*']) {
  app.all(path, ({ request, server: host }) => server.fetch(request, host), { parse: 'none' });
}
export default app;
