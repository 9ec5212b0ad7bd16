// A server whose GET streams stay open, in a process of its own: node --expose-gc sse-child.mjs <framework> <isProtected> <setup as JSON>.
// Tells its port, and does what it is asked: says what it takes, writes an event to every stream.
import { once } from 'node:events';
import { ReadableStream } from 'node:stream/web';
import { setImmediate } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { MCPAuth as ExpressAuth } from '@mcp-auth/express';
import { MCPAuth as FastifyAuth } from '@mcp-auth/fastify';
import { MCPAuth as HonoAuth } from '@mcp-auth/hono';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { eventEnd } from './event-end.mjs';

console.warn = () => undefined;
const [framework, isProtected, setup] = process.argv.slice(2);
const { issuer, resource, scope } = JSON.parse(setup);
const event = `data: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"${eventEnd}"}}\n\n`;
const bytes = new TextEncoder().encode(event);
const headers = { 'content-type': 'text/event-stream' };

/** What writes to a stream that is open, one for each. */
const streams = new Set();
function keep(response) {
  const write = () => response.write(event);
  streams.add(write);
  response.once('close', () => streams.delete(write));
  response.writeHead(200, headers);
  write();
}

const config = { resource, authorizationServers: [issuer], log: false };
const ours = (MCPAuth) => (isProtected === 'true' ? new MCPAuth(config) : undefined);
const options = { requiredScopes: [scope] };

const hosts = {
  express: () => {
    const mcpAuth = ours(ExpressAuth);
    const app = express();
    if (mcpAuth !== undefined) app.use(mcpAuth.protectedResourceMetadataRouter());
    const protect = mcpAuth === undefined ? [] : [mcpAuth.bearerAuth(options)];
    app.get('/mcp', ...protect, (request, response) => keep(response));
    return app.listen(0, '127.0.0.1', 4096);
  },
  fastify: async () => {
    const mcpAuth = ours(FastifyAuth);
    const app = Fastify();
    if (mcpAuth !== undefined) await app.register(mcpAuth.protectedResourceMetadataRouter());
    app.get('/mcp', mcpAuth?.bearerAuth(options) ?? {}, (request, reply) => keep(reply.hijack().raw));
    await app.listen({ port: 0, host: '127.0.0.1', backlog: 4096 });
    return app.server;
  },
  hono: () => {
    const mcpAuth = ours(HonoAuth);
    const app = new Hono();
    if (mcpAuth !== undefined) app.route('/', mcpAuth.protectedResourceMetadataRouter());
    const protect = mcpAuth === undefined ? [] : [mcpAuth.bearerAuth(options)];
    app.get('/mcp', ...protect, () => {
      let write;
      const body = new ReadableStream({
        start(controller) {
          write = () => controller.enqueue(bytes);
          streams.add(write);
          write();
        },
        cancel: () => void streams.delete(write),
      });
      return new Response(body, { headers });
    });
    return serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  },
};

const tasks = {
  measure: async () => {
    for (let turn = 0; turn < 4; turn++) {
      globalThis.gc();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { heapUsed, external } = process.memoryUsage();
    return { bytes: heapUsed + external, open: streams.size };
  },
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) * 1000;
  },
  // One at a time, as something happens and its listeners are told
  tell: async (events) => {
    for (let count = 0; count < events; count++) {
      for (const write of streams) write();
      await setImmediate();
    }
  },
};

const server = await hosts[framework]();
if (!server.listening) await once(server, 'listening');
process.on('message', async ({ task, value }) => process.send({ result: await tasks[task](value) }));
process.on('disconnect', () => process.exit());
process.send({ port: server.address().port });
