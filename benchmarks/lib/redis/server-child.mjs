// A server that takes proofs, with claims in Redis or in its own memory. What it has spent it says to its parent.
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
});
client.on('error', () => undefined);
if (isShared) await client.connect();
const mcpAuth = new MCPAuth({
  resource,
  authorizationServers: [issuer],
  dpop: { mode: 'dpop-optional' },
  log: false,
  // Nonces cost the same in both, and a machine that is busy makes no difference but time
  ...(isShared
    ? { stores: createRedisStores({ client, secrets, commandTimeoutMs: 1000 }) }
    : { proofs: { nonceSecrets: secrets } }),
});
const route = mcpAuth.protect({ fetch: () => new Response('in') });
await mcpAuth.ready();

const server = createServer(getRequestListener((request) => route.fetch(new Request(resource, request))));
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ cpuMs: (user + system) / 1000 });
});
process.on('disconnect', async () => {
  await mcpAuth.close();
  process.exit(0);
});
