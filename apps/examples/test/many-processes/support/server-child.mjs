// One of several servers behind one proxy, as built. Told over the channel of its parent what to do; serves /mcp, with a stream for those who
// accept one.
import { MCPAuth } from '@mcp-auth/express';
import { createRedisStores } from '@mcp-auth/redis';
import express from 'express';
import { createClient } from 'redis';

const { issuer, resource, redisPort, secret, ...settings } = JSON.parse(process.argv[2] ?? '{}');
/** Nothing for the one that others are compared with, which remembers by itself. */
async function connect() {
  const client = createClient({
    url: `redis://127.0.0.1:${redisPort}`,
    disableOfflineQueue: true,
    commandsQueueMaxLength: 1000,
    socket: { reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 500) },
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

const shared =
  redisPort === undefined
    ? { proofs: { nonceSecrets: [secret] } }
    : { stores: createRedisStores({ client: await connect(), secrets: [secret], ...settings }) };
const outages = [];
const mcpAuth = new MCPAuth({
  resource,
  authorizationServers: [
    {
      issuer,
      introspection: {
        clientAuthentication: { method: 'client_secret_basic', clientId: 'mcp', clientSecret: 'secret' },
        keepAnswers: { activeSeconds: 60 },
        // The authorization server shares a process with all clients
        timeoutMs: 30_000,
        maxConcurrentCalls: 1000,
      },
    },
  ],
  dpop: { mode: 'dpop-optional' },
  log: false,
  onEvent: (event) => {
    if (event.type === 'store')
      outages.push({ store: event.store, phase: event.phase, reason: event.reason });
  },
  ...shared,
});

const app = express().disable('x-powered-by').disable('etag');
app.use((_request, response, next) => {
  response.set('X-Process', String(process.pid));
  next();
});
app.get('/mcp', mcpAuth.bearerAuth('auto'), (request, response) => {
  if (request.get('accept') !== 'text/event-stream') {
    response.json({ subject: request.auth.subject });
    return;
  }
  response.set('Content-Type', 'text/event-stream').write(': open\n\n');
});

const tasks = {
  outages: () => outages,
  revoke: (subject) => mcpAuth.revoke({ issuer, subject }),
  spent: () => {
    globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    return { cpuMs: (user + system) / 1000, heapBytes: process.memoryUsage().heapUsed };
  },
};
process.on('message', async ({ id, task, argument }) => {
  process.send({ id, answer: await tasks[task](argument) });
});
process.on('disconnect', async () => {
  await mcpAuth.close();
  process.exit(0);
});
await mcpAuth.ready();
const server = app.listen(0, '127.0.0.1', () => process.send({ id: 0, answer: server.address().port }));
server.keepAliveTimeout = 0;
