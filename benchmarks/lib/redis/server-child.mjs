/* global ReadableStream */
// One of several servers that share one Redis. Asked over HTTP; what it claims, and what it has spent, it says itself.
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { createRedisStores } from '@mcp-auth/redis';
import { createClient } from 'redis';

const [issuer, resource, redisPort] = process.argv.slice(2);
const secrets = ['the secret of the benchmark, 32 bytes'];
const isShared = redisPort !== '0';
const client = createClient({
  url: `redis://127.0.0.1:${redisPort}`,
  disableOfflineQueue: true,
  commandsQueueMaxLength: 10_000,
  socket: { reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 500) },
});
client.on('error', () => undefined);
if (isShared) await client.connect();
const stores = createRedisStores({ client, secrets });
const phases = [];
const mcpAuth = new MCPAuth({
  resource,
  authorizationServers: [issuer],
  log: false,
  onEvent: (event) => {
    if (event.type === 'store') phases.push([event.store, event.phase]);
  },
  ...(isShared ? { stores } : undefined),
});
const open = () => new Response('in');
const jwt = mcpAuth.protect({ fetch: open });
const stream = mcpAuth.protect({
  fetch: () => {
    const start = (controller) => controller.enqueue(new TextEncoder().encode(': open\n\n'));
    return new Response(new ReadableStream({ start }), { headers: { 'content-type': 'text/event-stream' } });
  },
});
// As a proof of possession is: one signature for each request, and one claim
const proving = new MCPAuth({ resource, authorizationServers: [issuer], log: false, cache: false });
const proven = proving.protect({ fetch: open });
await mcpAuth.ready();
await proving.ready();
let claims = 0;

const routes = {
  '/mcp': (request) => jwt.fetch(new Request(resource, request)),
  '/proof': async (request) => {
    const response = await proven.fetch(new Request(resource, request));
    if (!isShared) return response;
    const id = `${process.pid} ${claims++}`;
    const outcome = await stores.claims.claim({
      holder: `key ${claims % 1000}`,
      id,
      expiresAt: Date.now() + 5000,
    });
    return outcome === 'claimed' ? response : new Response(outcome, { status: 401 });
  },
  '/stream': (request) => stream.fetch(new Request(resource, request)),
  '/claim': async (request) => {
    const id = new URL(request.url).searchParams.get('id');
    const holder = new URL(request.url).searchParams.get('holder');
    try {
      return new Response(await stores.claims.claim({ holder, id, expiresAt: Date.now() + 300_000 }));
    } catch {
      return new Response('no answer', { status: 503 });
    }
  },
  '/revoke': async (request) => {
    const subject = new URL(request.url).searchParams.get('subject');
    return Response.json(await mcpAuth.revoke({ issuer, subject }));
  },
  '/spent': () => {
    globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    return Response.json({
      cpuMs: (user + system) / 1000,
      heapMb: process.memoryUsage().heapUsed / 2 ** 20,
      phases,
    });
  },
};
const server = createServer(
  getRequestListener(
    (request) => routes[new URL(request.url).pathname]?.(request) ?? new Response('', { status: 404 }),
  ),
);
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('disconnect', async () => {
  await mcpAuth.close();
  process.exit(0);
});
