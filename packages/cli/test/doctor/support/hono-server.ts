import { getRequestListener } from '@hono/node-server';
import { MCPAuth } from '@mcp-auth/hono';
import { Hono } from 'hono';
import { type ServerSettings, settle } from './mcp-servers.js';
import { type Served, serveApp } from './serve.js';
import { answerMessage } from './small-server.js';

/** The same on Hono, in a file that other tests do not load: its server puts another Response in place of the global one. */
export function startHono(settings: ServerSettings): Promise<Served> {
  return serveApp((origin) => {
    const { path, config, route } = settle(settings, origin);
    const mcpAuth = new MCPAuth(config);
    const app = new Hono().route('/', mcpAuth.protectedResourceMetadataRouter());
    app.post(path, mcpAuth.bearerAuth(route), async (c) => {
      const answer = answerMessage(await c.req.json());
      return answer === undefined ? c.body(null, 202) : c.json(answer);
    });
    const listen = getRequestListener(app.fetch);
    return (request, response) => void listen(request, response);
  });
}
