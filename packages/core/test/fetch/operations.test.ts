import type { RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { MCPAuth, type FetchHandler } from '../../src/fetch.js';
import { describeRuns, type RunSetup } from '../support/run-suite.js';

/** The least that turns a Node exchange into a web-standard one. */
function serve({ config, verify, options }: RunSetup, handler: FetchHandler): RequestListener {
  const served = new MCPAuth(config).protect(handler, verify, options);
  return (incoming, outgoing) => {
    void buffer(incoming).then(async (body) => {
      const fields = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]);
      const headers = new Headers(fields.filter(([name]) => name !== 'transfer-encoding'));
      const response = await served.fetch(
        new Request('http://localhost/mcp', { method: 'POST', headers, body: new Uint8Array(body) }),
      );
      outgoing.writeHead(response.status, [...response.headers].flat());
      outgoing.end(await response.text());
    });
  };
}

describeRuns('the fetch entry, the request', (setup) =>
  serve(setup, { fetch: async (request) => Response.json(setup.runBody(await request.json())) }),
);

describeRuns('the fetch entry, the parsed body', (setup) =>
  serve(setup, { fetch: (_request, given) => Response.json(setup.runBody(given?.parsedBody)) }),
);

describeRuns('the fetch entry, SDK version 2', (setup) =>
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
