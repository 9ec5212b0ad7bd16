import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClaimOutcome } from '@mcp-auth/core';
import { createRedisStores } from '../src/index.js';
import { clients, type OpenClient, openClient, whenReady } from './support/clients.js';
import { Proxy } from './support/proxy.js';
import { RedisServer, serverPath } from './support/redis-server.js';
import { startServer } from './support/server.js';

const secrets = ['a secret of 32 bytes and some more.'];

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
beforeEach(({ skip }) => skip(serverPath === undefined, 'there is no redis-server'));

async function startRedis(...options: string[]): Promise<RedisServer> {
  const server = await RedisServer.start(...options);
  closing.push(() => server.close());
  return server;
}

async function connect(port: number, create = openClient) {
  const opened: OpenClient = create(port);
  closing.push(() => opened.close());
  const raw = await whenReady(opened);
  // More than the default: nothing here may hang on how busy the machine is
  const stores = createRedisStores({ client: opened.client, secrets, commandTimeoutMs: 500 });
  const claim = (id: string) =>
    Promise.resolve(stores.claims.claim({ holder: 'key', id, expiresAt: Date.now() + 60_000 }))
      .then((outcome): ClaimOutcome | 'no answer' => outcome)
      .catch(() => 'no answer' as const);
  return { ...opened, raw, stores, claim };
}

/** How it begins and how it ends, for a server and what stands in front of it. */
const outages: Readonly<
  Record<
    string,
    readonly [(server: RedisServer, proxy: Proxy) => unknown, (server: RedisServer, proxy: Proxy) => unknown]
  >
> = {
  frozen: [(server) => server.freeze(), (server) => server.thaw()],
  killed: [(server) => server.kill(), (server) => server.restart()],
  'cut off': [(_server, proxy) => proxy.cut(), (_server, proxy) => proxy.join()],
};

describe.each(Object.entries(clients))('over %s', (_name, create) => {
  test.each(Object.entries(outages))(
    'a server that is %s: each command ends, and all is well afterwards',
    async (_how, [begin, end]) => {
      const server = await startRedis();
      const proxy = await Proxy.start(server.port);
      closing.push(() => proxy.close());
      const { claim, stores, raw, ...opened } = await connect(proxy.port, create);
      expect(await claim('before')).toBe('claimed');
      await begin(server, proxy);
      expect(await Promise.all([claim('a'), claim('b'), claim('before')])).toEqual([
        'no answer',
        'no answer',
        'no answer',
      ]);
      await expect(stores.answers.get('a')).rejects.toThrow();
      await expect(stores.revocations.read(undefined)).rejects.toThrow();
      await end(server, proxy);
      await whenReady({ ...opened, raw });
      await vi.waitUntil(async () => (await claim(`after ${Math.random()}`)) === 'claimed', {
        timeout: 20_000,
      });
    },
  );
});

describe('a claim that nobody answered for', () => {
  test('was carried out by a server that was frozen: the same proof is known afterwards', async () => {
    const server = await startRedis();
    const { claim, raw, ...opened } = await connect(server.port);
    server.freeze();
    expect(await claim('a')).toBe('no answer');
    server.thaw();
    await whenReady({ ...opened, raw });
    expect(await claim('a')).toBe('known');
    expect(await claim('b')).toBe('claimed');
  });

  test('of a server that was killed is nowhere', async () => {
    const server = await startRedis();
    const { claim, raw, ...opened } = await connect(server.port);
    await server.kill();
    expect(await claim('a')).toBe('no answer');
    await server.restart();
    await whenReady({ ...opened, raw });
    await vi.waitUntil(async () => (await claim('a')) !== 'no answer', { timeout: 20_000 });
    expect(await claim('a')).toBe('known');
  });
});

describe('a server that is full', () => {
  test('takes no claims and no answers, lets nothing pass, and can still be read', async () => {
    const server = await startRedis('--maxmemory-policy', 'noeviction');
    const { claim, stores, raw } = await connect(server.port);
    await stores.revocations.add({ name: 'a', entry: 'sealed', order: 1, expiresAt: Date.now() + 60_000 });
    expect(await claim('before')).toBe('claimed');
    await raw('CONFIG', 'SET', 'maxmemory', '1');
    expect([await claim('a'), await claim('before')]).toEqual(['no answer', 'no answer']);
    await expect(stores.answers.set('a', 'sealed', 60)).rejects.toThrow('OOM');
    await expect(
      stores.revocations.add({ name: 'b', entry: 'sealed', order: 1, expiresAt: 0 }),
    ).rejects.toThrow();
    expect((await stores.revocations.read(undefined)).entries).toEqual(['sealed']);
    await raw('CONFIG', 'SET', 'maxmemory', '0');
    expect([await claim('a'), await claim('before')]).toEqual(['claimed', 'known']);
  });
});

describe('a server that went back to a snapshot', () => {
  const sealed = (name: string) => ({
    name,
    entry: `sealed ${name}`,
    order: 1,
    expiresAt: Date.now() + 600_000,
  });

  async function goBack(revokedLater: readonly string[]) {
    const server = await startRedis();
    const { stores, raw, ...opened } = await connect(server.port);
    const { revocations } = stores;
    await revocations.add(sealed('before'));
    await raw('SAVE');
    for (const name of revokedLater) await revocations.add(sealed(name));
    const { cursor } = await revocations.read(undefined);
    await server.kill();
    await server.restart();
    await whenReady({ ...opened, raw });
    await vi.waitFor(async () => revocations.read(undefined), { timeout: 20_000 });
    return { revocations, cursor };
  }

  test.each([[['lost']], [['lost', 'lost too', 'and this']]])(
    'skips no revocation that is made afterwards: readers that knew %j hear of it',
    async (lost) => {
      const { revocations, cursor } = await goBack(lost);
      await revocations.add(sealed('after'));
      expect((await revocations.read(cursor)).entries).toContain('sealed after');
    },
  );

  test('shows that revocations are missing, so that who knows them adds them', async () => {
    const { revocations, cursor } = await goBack(['lost']);
    expect(await revocations.read(cursor)).toMatchObject({ entries: ['sealed before'], isFromStart: true });
  });
});

describe('two servers with one Redis', () => {
  async function pair() {
    const redis = await startRedis();
    const proxies = [await Proxy.start(redis.port), await Proxy.start(redis.port)] as const;
    const servers = [];
    for (const proxy of proxies) {
      closing.push(() => proxy.close());
      const opened = await connect(proxy.port);
      const server = await startServer(opened.stores);
      closing.push(() => server.close());
      servers.push(server);
    }
    const [one, two] = servers as [(typeof servers)[0], (typeof servers)[0]];
    return { redis, proxies, one, two };
  }
  const refused = (server: Awaited<ReturnType<typeof startServer>>, token: string) =>
    vi.waitUntil(async () => (await server.ask(token)) === 401, { timeout: 20_000 });

  test('a proof passes at one of them, and at none that is cut off from Redis', async () => {
    const { one, two, proxies } = await pair();
    const token = await one.bind();
    const proof = await one.prove(token);
    expect(await one.askWithProof(token, proof)).toBe(200);
    expect(await two.askWithProof(token, proof)).toBe(401);
    expect(await one.askWithProof(token, proof)).toBe(401);
    const next = await one.prove(token);
    proxies[0].cut();
    expect(await one.askWithProof(token, next)).toBe(503);
    expect(one.phases('claims')).toEqual(['begin']);
    expect(await two.askWithProof(token, next)).toBe(200);
    proxies[0].join();
    await vi.waitUntil(async () => (await one.askWithProof(token, await one.prove(token))) === 200, {
      timeout: 20_000,
    });
    expect(await one.askWithProof(token, next)).toBe(401);
    expect(one.phases('claims')).toEqual(['begin', 'end']);
  });

  test('a revocation reaches the other one and ends its streams', async () => {
    const { one, two } = await pair();
    const token = await one.issuer.mintToken();
    const [mine, theirs] = [await one.openStream(token), await two.openStream(token)];
    expect(await one.revoke()).toMatchObject({ isShared: true });
    await Promise.all([mine, theirs].map(async (stream) => expect(await stream.text()).toContain('retry:')));
    expect([await one.ask(token), await two.ask(token)]).toEqual([401, 401]);
  });

  test.each(Object.entries(outages))(
    'is made while Redis is %s: it stands here, and reaches the other one afterwards',
    async (_how, [begin, end]) => {
      const { redis, proxies, one, two } = await pair();
      const token = await one.issuer.mintToken();
      expect([await one.ask(token), await two.ask(token)]).toEqual([200, 200]);
      for (const proxy of proxies) await begin(redis, proxy);
      expect(await one.revoke()).toMatchObject({ isShared: false });
      // What needs no store goes on
      expect([await one.ask(token), await two.ask(token)]).toEqual([401, 200]);
      expect(await two.ask(await one.issuer.mintToken({ subject: 'user-2' }))).toBe(200);
      if (begin === outages['killed']?.[0]) await redis.restart();
      else for (const proxy of proxies) await end(redis, proxy);
      await refused(two, token);
      await vi.waitUntil(() => one.phases().at(-1) === 'end', { timeout: 20_000 });
      expect(one.phases()[0]).toBe('begin');
    },
  );

  test('a Redis that is restarted empty is told all that processes know', async () => {
    const { redis, one, two } = await pair();
    const token = await one.issuer.mintToken();
    await one.revoke();
    await refused(two, token);
    await one.close();
    await redis.kill();
    await redis.restart();
    const late = await connect(redis.port);
    await vi.waitUntil(async () => Number(await late.raw('DBSIZE')) > 0, { timeout: 20_000 });
    const three = await startServer(late.stores);
    closing.push(() => three.close());
    expect(await three.ask(token)).toBe(401);
  });

  test('a Redis that went back to a snapshot is told what it lost, and what is revoked then reaches all', async () => {
    const { redis, one, two } = await pair();
    const [first, lost, later] = await Promise.all(
      ['user-1', 'user-2', 'user-3'].map((subject) => one.issuer.mintToken({ subject })),
    );
    await one.revoke('user-1');
    const admin = await connect(redis.port);
    await admin.raw('SAVE');
    await one.revoke('user-2');
    await refused(two, String(lost));
    await redis.kill();
    await redis.restart();
    const late = await connect(redis.port);
    const entries = async () => Number(await late.raw('ZCARD', '{mcp-auth:revocations}:order'));
    await vi.waitUntil(async () => (await entries()) === 2, { timeout: 20_000 });
    await vi.waitUntil(async () => (await one.revoke('user-3')).isShared, { timeout: 20_000 });
    await refused(two, String(later));
    const three = await startServer(late.stores);
    closing.push(() => three.close());
    expect([await three.ask(String(first)), await three.ask(String(lost))]).toEqual([401, 401]);
  });

  test('one that is cut off for itself hears of all that happened when it is back', async () => {
    const { proxies, one, two } = await pair();
    const token = await one.issuer.mintToken();
    proxies[1].cut();
    expect(await one.revoke()).toMatchObject({ isShared: true });
    await vi.waitUntil(() => two.phases().length > 0, { timeout: 20_000 });
    expect(await two.ask(token)).toBe(200);
    proxies[1].join();
    await refused(two, token);
  });
});
