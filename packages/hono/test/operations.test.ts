import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { Hono, type MiddlewareHandler } from 'hono';
import { describeRuns, type RunSetup } from '../../core/test/support/run-suite.js';
import { getAuth, MCPAuth } from '../src/index.js';

const platforms = {
  '@hono/node-server': (app: Hono) => getRequestListener(app.fetch),
  'a platform that only has Fetch': (app: Hono) => getRequestListener((request) => app.fetch(request)),
} as const;

function build(
  listen: (app: Hono) => ReturnType<typeof getRequestListener>,
  { config, verify, options }: RunSetup,
  inFront: readonly MiddlewareHandler[],
  handler: MiddlewareHandler,
): RequestListener {
  const app = new Hono();
  for (const middleware of inFront) app.use(middleware);
  app.post('/mcp', new MCPAuth(config).bearerAuth(verify, options), handler);
  const listener = listen(app);
  return (request, response) => void listener(request, response);
}

function createHandler({ ran }: RunSetup) {
  return createMcpHandler(() => {
    const server = new McpServer({ name: 'test', version: '1.0.0' });
    for (const tool of ['search', 'purge']) {
      server.registerTool(tool, { description: tool }, () => {
        ran(tool);
        return { content: [] };
      });
    }
    return server;
  });
}

for (const [platform, listen] of Object.entries(platforms)) {
  describeRuns(`Hono on ${platform}, c.req.json()`, (setup) =>
    build(listen, setup, [], async (c) => c.json(setup.runBody(await c.req.json()) as object)),
  );
  describeRuns(`Hono on ${platform}, c.req.text()`, (setup) =>
    build(listen, setup, [], async (c) => c.json(setup.runBody(JSON.parse(await c.req.text())) as object)),
  );
  describeRuns(`Hono on ${platform}, the raw request`, (setup) =>
    build(listen, setup, [], async (c) => c.json(setup.runBody(await c.req.raw.json()) as object)),
  );
  for (const reader of ['json', 'text', 'arrayBuffer'] as const) {
    describeRuns(`Hono on ${platform}, c.req.${reader}() in front`, (setup) => {
      const inFront: MiddlewareHandler = async (c, next) => {
        await c.req[reader]();
        await next();
      };
      return build(listen, setup, [inFront], async (c) =>
        c.json(setup.runBody(await c.req.json()) as object),
      );
    });
  }
  describeRuns(`Hono on ${platform}, SDK version 2`, (setup) => {
    const mcp = createHandler(setup);
    return build(listen, setup, [], (c) => {
      const authInfo = getAuth(c);
      return mcp.fetch(c.req.raw, authInfo && { authInfo });
    });
  });
  describeRuns(`Hono on ${platform}, SDK version 2 with the parsed body`, (setup) => {
    const mcp = createHandler(setup);
    return build(listen, setup, [], async (c) => {
      const authInfo = getAuth(c);
      const parsedBody: unknown = await c.req.json();
      return mcp.fetch(c.req.raw, { parsedBody, ...(authInfo && { authInfo }) });
    });
  });
}
