import type { IncomingMessage, RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { describeRuns, type RunSetup } from '../../core/test/support/run-suite.js';
import { MCPAuth, type Handler } from '../src/index.js';
import { createAppRouter } from './support/app-router.js';

/** The least that turns a Node exchange into a web-standard one. */
function serve({ config, verify, options }: RunSetup, handler: Handler): RequestListener {
  const route = createAppRouter(new Map([['/mcp', new MCPAuth(config).protect(handler, verify, options)]]));
  return (incoming, outgoing) => {
    void toRequest(incoming).then(async (request) => {
      const response = await route(request, {});
      outgoing.writeHead(response.status, [...response.headers].flat());
      outgoing.end(await response.text());
    });
  };
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const body = new Uint8Array(await buffer(incoming));
  const fields = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const headers = new Headers(fields.filter(([name]) => name !== 'transfer-encoding'));
  return new Request('http://localhost/mcp', { method: 'POST', headers, body });
}

describeRuns('route handlers of Next.js, the request', (setup) =>
  serve(setup, async (request) => Response.json(setup.runBody(await request.json()))),
);

describeRuns('route handlers of Next.js, the parsed body', (setup) =>
  serve(setup, { fetch: (_request, given) => Response.json(setup.runBody(given?.parsedBody)) }),
);

describeRuns('route handlers of Next.js, SDK version 2', (setup) =>
  serve(
    setup,
    createMcpHandler(() => {
      const server = new McpServer({ name: 'test', version: '1.0.0' });
      for (const tool of ['search', 'purge']) {
        server.registerTool(tool, { description: tool }, () => {
          setup.ran(tool);
          return { content: [] };
        });
      }
      return server;
    }),
  ),
);
