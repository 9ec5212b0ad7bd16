import { getRequestListener } from '@hono/node-server';
import { allowedHostnames, type Sample, type SampleConfig } from '@mcp-auth/app-sample-kit';
import { getAuth, MCPAuth } from '@mcp-auth/hono';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/hono';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { Hono } from 'hono';
import { NoteStore } from './note-store.js';
import { createServer } from './server.js';

/** An MCP server on Hono that keeps notes, each user's apart from all others'. */
export function createApp({ issuer, resource, fetch, onEvent, checkAtStart }: SampleConfig): Sample {
  const mcpAuth = new MCPAuth({
    fetch,
    onEvent,
    checkAtStart,
    protectedResources: {
      metadata: {
        resource,
        resourceName: 'Notes',
        authorizationServers: [{ issuer }],
        scopesSupported: ['notes'],
      },
    },
  });
  const notes = new NoteStore();
  const mcp = createMcpHandler(() => createServer(notes));
  const hostnames = allowedHostnames(resource);

  const app = new Hono();
  app.use(hostHeaderValidation(hostnames));
  // Before the validation of origins: pages of any origin may read the metadata
  app.route('/', mcpAuth.protectedResourceMetadataRouter());
  app.all(
    new URL(resource).pathname,
    originValidation(hostnames),
    mcpAuth.bearerAuth('jwt', {
      resource,
      requiredScopes: ['notes'],
      operations: {
        tools: {
          'list-notes': [],
          'add-note': [],
          'delete-note': [],
          'count-notes': ['notes:statistics'],
          '*': 'refuse',
        },
      },
    }),
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
