import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Cluster } from 'ioredis';
import { Cluster as Cluster5 } from 'ioredis-5';
import { createCluster } from 'redis';
import { createCluster as createCluster5 } from 'redis-5';
import { createRedisStores, type RedisClient } from '../src/index.js';
import { openClient, whenReady } from './support/clients.js';
import { RedisServer, serverPath } from './support/redis-server.js';

const servers: RedisServer[] = [];
const ranges = [
  ['0', '5000'],
  ['5001', '11000'],
  ['11001', '16383'],
] as const;

beforeAll(async () => {
  if (serverPath === undefined) return;
  while (servers.length < ranges.length) servers.push(await RedisServer.start('--cluster-enabled', 'yes'));
  const nodes = servers.map(({ port }) => openClient(port));
  for (const [index, node] of nodes.entries()) {
    const raw = await whenReady(node);
    await raw('CLUSTER', 'ADDSLOTSRANGE', ...(ranges[index] ?? []));
    await raw('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
    if (index > 0) await raw('CLUSTER', 'MEET', '127.0.0.1', String(servers[0]?.port));
  }
  for (const node of nodes) {
    await vi.waitUntil(async () => String(await node.raw('CLUSTER', 'INFO')).includes('cluster_state:ok'), {
      timeout: 60_000,
    });
    await vi.waitUntil(
      async () =>
        String(await node.raw('CLUSTER', 'NODES'))
          .trim()
          .split('\n').length === 3,
      {
        timeout: 60_000,
      },
    );
    node.close();
  }
});
afterAll(async () => {
  for (const server of servers) await server.close();
});
beforeEach(({ skip }) => skip(serverPath === undefined, 'there is no redis-server'));

const nothing = () => undefined;

async function openRedisCluster(create: typeof createCluster) {
  const client = create({ rootNodes: servers.map(({ port }) => ({ url: `redis://127.0.0.1:${port}` })) });
  client.on('error', nothing);
  await client.connect();
  return { client: client as unknown as RedisClient, close: () => client.destroy() };
}

function openIORedisCluster(create: typeof Cluster) {
  const client = new create(servers.map(({ port }) => ({ host: '127.0.0.1', port })));
  client.on('error', nothing);
  return Promise.resolve({ client, close: () => client.disconnect() });
}

const clusters: Readonly<
  Record<string, () => Promise<{ readonly client: RedisClient; readonly close: () => void }>>
> = {
  'redis 6': () => openRedisCluster(createCluster),
  'redis 5': () => openRedisCluster(createCluster5 as unknown as typeof createCluster),
  'ioredis 6': () => openIORedisCluster(Cluster),
  'ioredis 5': () => openIORedisCluster(Cluster5 as unknown as typeof Cluster),
};

describe.each(Object.entries(clusters))('a cluster of three nodes, over %s', (name, open) => {
  test('has claims and answers on all nodes, and the list of revocations on one', async () => {
    const { client, close } = await open();
    const prefix = name.replace(' ', '-');
    const secrets = ['a secret of 32 bytes and some more.'];
    const { claims, answers, revocations } = createRedisStores({
      client,
      secrets,
      prefix,
      commandTimeoutMs: 1000,
    });
    const expiresAt = Date.now() + 60_000;
    for (let index = 0; index < 30; index++) {
      const claim = { holder: `key-${index}`, id: 'a', expiresAt };
      expect([await claims.claim(claim), await claims.claim(claim)]).toEqual(['claimed', 'known']);
      await answers.set(`name-${index}`, 'sealed', 60);
      expect(await answers.get(`name-${index}`)).toBe('sealed');
      await revocations.add({ name: `n${index}`, entry: `sealed ${index}`, order: 1, expiresAt });
    }
    expect((await revocations.read(undefined)).entries).toHaveLength(30);
    close();
  });
});
