import { getRequestListener } from '@hono/node-server';
import type { Sample } from '@mcp-auth/app-sample-kit';
import { getAuth, MCPAuth } from '@mcp-auth/hono';
import { localhostHostValidation, localhostOriginValidation } from '@modelcontextprotocol/hono';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { Hono } from 'hono';
import { createServer } from '../server.js';
import { createConfig, resourceAt, type LocalConfig } from '../trust-anchor.js';

export function createHonoApp(config: LocalConfig): Sample {
  const mcpAuth = new MCPAuth(createConfig(config));
  const mcp = createMcpHandler(createServer);

  const app = new Hono();
  app.use(localhostHostValidation());
  app.route('/', mcpAuth.protectedResourceMetadataRouter());
  app.all(
    '/mcp',
    localhostOriginValidation(),
    mcpAuth.bearerAuth('jwt', { resource: resourceAt(config.origin), requiredScopes: ['echo'] }),
    (context) => {
      const authInfo = getAuth(context);
      return mcp.fetch(context.req.raw, authInfo && { authInfo });
    },
  );
  const listener = getRequestListener(app.fetch);
  return {
    listener: (...exchange) => void listener(...exchange),
    ready: () => mcpAuth.ready(),
    close: () => mcpAuth.close(),
  };
}
