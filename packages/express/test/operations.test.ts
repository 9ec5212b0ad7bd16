import type { RequestListener } from 'node:http';
import { McpServer as McpServer1 } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import express from 'express';
import express4 from 'express4';
import { describeRuns, type RunSetup } from '../../core/test/support/run-suite.js';
import { MCPAuth } from '../src/index.js';

type Handlers = readonly express.RequestHandler[];

function build(
  framework: typeof express,
  { config, verify, options }: RunSetup,
  inFront: Handlers,
  behind: Handlers,
): RequestListener {
  const app = framework();
  app.set('env', 'test');
  app.post('/mcp', ...inFront, new MCPAuth(config).bearerAuth(verify, options), ...behind);
  return app;
}

const tools = ['search', 'purge'] as const;

for (const [version, framework] of [
  ['Express 5', express],
  ['Express 4', express4],
] as const) {
  const answer =
    ({ runBody }: RunSetup): express.RequestHandler =>
    (request, response) =>
      void response.json(runBody(request.body));
  const parseText =
    ({ runBody }: RunSetup): express.RequestHandler =>
    (request, response) =>
      // As a server would that parses by itself, from the text
      void response.json(runBody(JSON.parse(String(request.body))));

  describeRuns(`${version}, nobody parses`, (setup) => build(framework, setup, [], [answer(setup)]));
  describeRuns(`${version}, express.json() behind`, (setup) =>
    build(framework, setup, [], [framework.json(), answer(setup)]),
  );
  describeRuns(`${version}, express.json() in front`, (setup) =>
    build(framework, setup, [framework.json()], [answer(setup)]),
  );
  describeRuns(`${version}, express.text() in front`, (setup) =>
    build(framework, setup, [framework.text({ type: () => true })], [parseText(setup)]),
  );
  describeRuns(`${version}, express.raw() in front`, (setup) =>
    build(framework, setup, [framework.raw({ type: () => true })], [parseText(setup)]),
  );

  describeRuns(`${version}, SDK version 2`, (setup) => {
    const createServer = () => {
      const server = new McpServer({ name: 'test', version: '1.0.0' });
      for (const tool of tools) {
        server.registerTool(tool, { description: tool }, () => {
          setup.ran(tool);
          return { content: [] };
        });
      }
      return server;
    };
    const handler = toNodeHandler(createMcpHandler(createServer));
    return build(
      framework,
      setup,
      [],
      [(request, response) => void handler(request, response, request.body)],
    );
  });

  describeRuns(`${version}, SDK version 1`, (setup) => {
    const createServer = () => {
      const server = new McpServer1({ name: 'test', version: '1.0.0' });
      for (const tool of tools) {
        server.registerTool(tool, { description: tool }, () => {
          setup.ran(tool);
          return { content: [] };
        });
      }
      return server;
    };
    const handle: express.RequestHandler = async (request, response) => {
      const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
      await createServer().connect(transport);
      await transport.handleRequest(request, response, request.body);
    };
    return build(framework, setup, [], [handle]);
  });
}
