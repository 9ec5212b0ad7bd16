import { getAuth, MCPAuth } from '@mcp-auth/hono';
import { Hono } from 'hono';
import { mcp, operations, requiredScopes, resource, type Settings } from './notes.js';

export function createApp(settings: Settings): Hono {
  const mcpAuth = new MCPAuth({ resource, ...settings });
  const auth = mcpAuth.bearerAuth({ requiredScopes, operations });
  const app = new Hono().route('/', mcpAuth.protectedResourceMetadataRouter());
  return app.all('/mcp', auth, (c) => mcp.fetch(c.req.raw, { authInfo: getAuth(c) }));
}
