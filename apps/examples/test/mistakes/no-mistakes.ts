import { MCPAuth as FetchMCPAuth } from '@mcp-auth/core/fetch';
import { MCPAuth as FastifyMCPAuth } from '@mcp-auth/fastify';
import { MCPAuth as HonoMCPAuth } from '@mcp-auth/hono';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { authorized, config, resource, wellKnown } from '../support/mistake-world.js';
import type { Explained, Harmless } from './mistake.js';

export const harmless: readonly Harmless[] = [
  {
    row: 30,
    what: 'Hono: app.use(router)',
    make: async () => {
      const app = new Hono();
      app.use(new HonoMCPAuth(config).protectedResourceMetadataRouter());
      return (await app.request(`${wellKnown}/mcp`)).status;
    },
    expected: 200,
  },
  {
    row: 33,
    what: 'Fastify: an own onRequest after the spread',
    make: async () => {
      const [app, mcpAuth] = [Fastify(), new FastifyMCPAuth(config)];
      await app.register(mcpAuth.protectedResourceMetadataRouter());
      const onRequest = (_request: unknown, _reply: unknown, done: () => void) => done();
      app.post('/mcp', { ...mcpAuth.bearerAuth(), onRequest }, () => 'in');
      const { statusCode } = await app.inject({ method: 'POST', url: '/mcp' });
      await app.close();
      return statusCode;
    },
    expected: 401,
  },
  {
    row: 35,
    what: 'fetch: protect(handler, { … }) without a mode',
    make: async () => {
      const mcp = new FetchMCPAuth(config).protect({ fetch: () => new Response('in') }, { resource });
      const ask = async (headers: Record<string, string>) =>
        (await mcp.fetch(new Request(resource, { method: 'POST', headers }))).status;
      return [await ask({}), await ask(await authorized())];
    },
    expected: [401, 200],
  },
];

export const explained: readonly Explained[] = [
  {
    row: 14,
    what: 'the handler stands in front of bearerAuth',
    symptom: 'The server answers 200 without a token',
  },
  {
    row: 16,
    what: 'express.json() in front, and a handler that is not given request.body',
    symptom: '400 _Parse error: Invalid JSON_',
  },
  { row: 27, what: 'CommonJS', symptom: 'You load MCP Auth with `require`' },
];
