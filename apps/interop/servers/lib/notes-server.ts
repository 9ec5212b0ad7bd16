import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { listen } from '@mcp-auth/app-sample-kit';
import type { AuthServerConfig, DpopOptions, MCPAuthEvent, RemoteJwkSetOptions } from '@mcp-auth/core';
import { authInfoOf, MCPAuth } from '@mcp-auth/express';
import express from 'express';
import { type Answer, askServer, lastRefusal, type Refusal } from './ask-server.js';

export interface NotesServerOptions {
  /** As the page of the provider shows it. */
  readonly authorizationServer: AuthServerConfig;
  readonly resource: string;
  readonly scopesSupported: readonly string[];
  readonly requiredScopes: readonly string[];
  /** Default: `jwt`. */
  readonly mode?: 'jwt' | 'introspection' | 'auto';
  /** How the resource takes tokens that are bound to a key. Default: it takes none. */
  readonly dpop?: DpopOptions;
  /** How keys are kept, in the mode `jwt`. */
  readonly remoteJwkSet?: RemoteJwkSetOptions;
  /** Default: any free one. The resource names it where clients look for the server. */
  readonly port?: number;
}

/** An MCP server whose tokens come from a server of others. */
export interface NotesServer {
  readonly events: readonly MCPAuthEvent[];
  ask(token?: string): Promise<Answer>;
  /** The same with other credentials. */
  askWith(headers: Readonly<Record<string, string>>): Promise<Answer>;
  /** The code of the last denied request. */
  readonly lastRefusal: Refusal | undefined;
  close(): Promise<void>;
}

/** Express, the official SDK in version 1, and MCP Auth as the page of the provider configures it. */
export async function startNotesServer(options: NotesServerOptions): Promise<NotesServer> {
  const {
    authorizationServer,
    resource,
    scopesSupported,
    requiredScopes,
    dpop,
    remoteJwkSet,
    mode = 'jwt',
  } = options;
  const events: MCPAuthEvent[] = [];
  const mcpAuth = new MCPAuth({
    onEvent: (event) => events.push(event),
    protectedResources: {
      metadata: {
        resource,
        authorizationServers: [authorizationServer],
        scopesSupported: [...scopesSupported],
      },
      ...(dpop && { dpop }),
    },
  });
  const common = { resource, requiredScopes: [...requiredScopes] };
  const protect =
    mode === 'jwt'
      ? mcpAuth.bearerAuth('jwt', { ...common, ...(remoteJwkSet && { remoteJwkSet }) })
      : mcpAuth.bearerAuth(mode, common);
  const path = new URL(resource).pathname;
  const app = express();
  app.use(mcpAuth.protectedResourceMetadataRouter());
  app.use(path, protect, express.json(), async (request, response) => {
    const server = createNotes();
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    response.on('close', () => void server.close());
    await server.connect(transport);
    await transport.handleRequest(request, response, request.body);
  });
  const running = await listen(app, options.port ?? 0, '127.0.0.1');
  const url = `http://127.0.0.1:${running.port}${path}`;
  return {
    events,
    ask: (token) => askServer(url, token === undefined ? {} : { authorization: `Bearer ${token}` }),
    askWith: (headers) => askServer(url, headers),
    get lastRefusal() {
      return lastRefusal(events);
    },
    close: () => running.close(),
  };
}

function createNotes(): McpServer {
  const server = new McpServer({ name: 'notes', version: '1.0.0' });
  server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
    content: [],
    structuredContent: { subject: authInfoOf(context)?.subject ?? '' },
  }));
  return server;
}
