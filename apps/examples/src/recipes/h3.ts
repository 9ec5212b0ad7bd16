import { H3, serve } from 'h3';
import { server } from './fetch-server.js';

const app = new H3();
for (const path of ['/mcp', '/.well-known/oauth-protected-resource/**']) {
  app.all(path, ({ req, runtime }) => server.fetch(req, { incoming: runtime?.node?.req }));
}
serve(app, { port: 3000, hostname: '127.0.0.1' });
