import type { IncomingMessage, RequestListener } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { describeRuns, type RunSetup } from '../../core/test/support/run-suite.js';
import { MCPAuth } from '../src/index.js';

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;
type ServerRequest = IncomingMessage & { method: string; url: string };

async function build(
  { config, verify, options }: RunSetup,
  handler: Handler,
  prepare: (app: FastifyInstance) => void = () => undefined,
): Promise<RequestListener> {
  const mcpAuth = new MCPAuth(config);
  const app = Fastify();
  prepare(app);
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.post('/mcp', mcpAuth.bearerAuth(verify, options), handler);
  await app.ready();
  return (request, response) => app.routing(request, response);
}

describeRuns('Fastify, its own parser', (setup) => build(setup, (request) => setup.runBody(request.body)));

describeRuns('Fastify, a parser that hands out text', (setup) =>
  build(
    setup,
    (request) => setup.runBody(JSON.parse(String(request.body))),
    (app) =>
      app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
        done(null, body),
      ),
  ),
);

describeRuns('Fastify, a parser that hands out bytes', (setup) =>
  build(
    setup,
    (request) => setup.runBody(JSON.parse(String(request.body))),
    (app) =>
      app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
        done(null, body),
      ),
  ),
);

describeRuns('Fastify, SDK version 2', (setup) => {
  const mcp = toNodeHandler(
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
  );
  return build(setup, async (request, reply) => {
    reply.hijack();
    await mcp(request.raw as ServerRequest, reply.raw, request.body);
  });
});

test('[MCP-2026-07-28-RS-030] a parser that hands the stream on leaves nothing to judge, so nothing runs', async () => {
  const resource = 'http://localhost/mcp';
  const issuer = 'https://as.example.com';
  const mcpAuth = new MCPAuth({
    protectedResources: { metadata: { resource, authorizationServers: [{ issuer }] } },
    onEvent: () => undefined,
  });
  const verify = () => ({ issuer, audience: resource, scopes: [], expiresAt: Date.now() / 1000 + 60 });
  const app = Fastify();
  await app.register(mcpAuth.protectedResourceMetadataRouter());
  app.addContentTypeParser('application/json', (_request, payload, done) => done(null, payload));
  let runs = 0;
  app.post(
    '/mcp',
    mcpAuth.bearerAuth(verify, { resource, operations: { tools: { '*': [], purge: ['purge'] } } }),
    () => {
      runs += 1;
      return {};
    },
  );
  for (const name of ['purge', 'search']) {
    const response = await app.inject({
      method: 'POST',
      url: '/mcp',
      headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
      payload: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } }),
    });
    expect(response.statusCode).toBe(400);
  }
  expect(runs).toBe(0);
});
