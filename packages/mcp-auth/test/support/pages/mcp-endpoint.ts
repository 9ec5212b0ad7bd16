import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { z } from 'zod';

/** What the adapters attach, as far as the official SDK hands it on. */
interface Caller {
  readonly subject?: string | undefined;
}

/** The tool of the pages, and one that finds the caller without being handed anything. */
function createServer(getAuthInfo?: () => Caller | undefined): McpServer {
  const server = new McpServer({ name: 'pages', version: '1.0.0' });
  server.tool('add', { a: z.number(), b: z.number() }, async ({ a, b }, { authInfo }) => {
    const caller = (authInfo as Caller | undefined)?.subject;
    return { content: [{ type: 'text', text: `${caller}: ${a + b}` }] };
  });
  if (getAuthInfo !== undefined) {
    server.tool('add_in_context', { a: z.number(), b: z.number() }, async ({ a, b }) => ({
      content: [{ type: 'text', text: `${getAuthInfo()?.subject}: ${a + b}` }],
    }));
  }
  return server;
}

const stateless = { enableJsonResponse: true };

/** An MCP endpoint on version 1 of the official SDK, for frameworks on Node's request and response. */
export async function handleNode(
  request: IncomingMessage & { auth?: unknown },
  response: ServerResponse,
  body?: unknown,
  getAuthInfo?: () => Caller | undefined,
): Promise<void> {
  const transport = new StreamableHTTPServerTransport(stateless);
  await createServer(getAuthInfo).connect(transport);
  await transport.handleRequest(request as IncomingMessage & { auth?: AuthInfo }, response, body);
}

/** The same for frameworks on `Request` and `Response`. */
export async function handleWeb(
  request: Request,
  authInfo: Caller | undefined,
  getAuthInfo?: () => Caller | undefined,
): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport(stateless);
  await createServer(getAuthInfo).connect(transport);
  return transport.handleRequest(request, authInfo === undefined ? {} : { authInfo: authInfo as AuthInfo });
}
