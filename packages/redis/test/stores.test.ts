import { readFileSync } from 'node:fs';
import { createClient } from 'redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SharedRevocation } from '@mcp-auth/core';
import { Commands } from '../src/commands.js';
import { createRedisStores } from '../src/index.js';
import { RedisRevocations } from '../src/revocations.js';
import { clients, type OpenClient, openClient, whenReady } from './support/clients.js';
import { RedisServer, serverPath } from './support/redis-server.js';

const secrets = ['a secret of 32 bytes and some more.'];
let server: RedisServer;

beforeAll(async () => {
  if (serverPath !== undefined) server = await RedisServer.start();
});
afterAll(() => (server as RedisServer | undefined)?.close());
beforeEach(({ skip }) => skip(serverPath === undefined, 'there is no redis-server'));

const open: OpenClient[] = [];
afterEach(() => {
  for (const { close } of open.splice(0)) close();
});

async function connect(create = openClient) {
  const opened = create(server.port);
  open.push(opened);
  const raw = await whenReady(opened);
  await raw('FLUSHALL');
  return {
    ...opened,
    raw,
    stores: createRedisStores({ client: opened.client, secrets, commandTimeoutMs: 1000 }),
  };
}

const soon = () => Date.now() + 60_000;
const revocation = (name: string, order = 1): SharedRevocation => ({
  name,
  entry: `sealed ${name} ${order}`,
  order,
  expiresAt: soon(),
});

describe.each(Object.entries(clients))('the stores over %s', (_name, create) => {
  test('claims: the first one is claimed, every later one is known', async () => {
    const { stores } = await connect(create);
    const claim = { holder: 'key-1', id: 'a', expiresAt: soon() };
    expect(await stores.claims.claim(claim)).toBe('claimed');
    expect(await stores.claims.claim(claim)).toBe('known');
    expect(await stores.claims.claim({ ...claim, id: 'b' })).toBe('claimed');
    expect(await stores.claims.claim({ ...claim, holder: 'key-2' })).toBe('claimed');
  });

  test('answers: kept, replaced, forgotten', async () => {
    const { stores, raw } = await connect(create);
    expect(await stores.answers.get('name')).toBeNull();
    await stores.answers.set('name', 'one', 60);
    await stores.answers.set('name', 'two', 60);
    expect(await stores.answers.get('name')).toBe('two');
    expect(Number(await raw('TTL', 'mcp-auth:answers:name'))).toBeGreaterThan(50);
    await stores.answers.delete('name');
    await stores.answers.delete('name');
    expect(await stores.answers.get('name')).toBeNull();
  });

  test('revocations: read in the order in which they were added, each once', async () => {
    const { stores } = await connect(create);
    const { revocations } = stores;
    expect(await revocations.read(undefined)).toEqual({
      entries: [],
      cursor: undefined,
      isFromStart: true,
      hasMore: false,
    });
    for (const name of ['a', 'b']) await revocations.add(revocation(name));
    const first = await revocations.read(undefined);
    expect(first).toMatchObject({ entries: ['sealed a 1', 'sealed b 1'], isFromStart: true, hasMore: false });
    await revocations.add(revocation('c'));
    const second = await revocations.read(first.cursor);
    expect(second).toMatchObject({ entries: ['sealed c 1'], isFromStart: false });
    expect(await revocations.read(second.cursor)).toEqual({ ...second, entries: [] });
  });
});

describe('claims', () => {
  test('of many at the same time are one', async () => {
    const { stores } = await connect();
    const claim = { holder: 'key', id: 'a', expiresAt: soon() };
    const outcomes = await Promise.all(Array.from({ length: 200 }, async () => stores.claims.claim(claim)));
    expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'known')).toHaveLength(199);
  });

  test('of one holder are bounded, and the others have room', async () => {
    const { client } = await connect();
    const { claims } = createRedisStores({ client, secrets, maxClaimsPerHolder: 3 });
    const outcomes = [];
    for (const id of ['a', 'b', 'c', 'd', 'a'])
      outcomes.push(await claims.claim({ holder: 'key', id, expiresAt: soon() }));
    expect(outcomes).toEqual(['claimed', 'claimed', 'claimed', 'holder-full', 'known']);
    expect(await claims.claim({ holder: 'other', id: 'a', expiresAt: soon() })).toBe('claimed');
  });

  test('make room when they end, and leave nothing', async () => {
    const { client, raw } = await connect();
    const { claims } = createRedisStores({ client, secrets, maxClaimsPerHolder: 1 });
    expect(await claims.claim({ holder: 'key', id: 'a', expiresAt: soon() })).toBe('claimed');
    // As time does
    await raw('ZADD', 'mcp-auth:{claims-43}:key', '1', 'a');
    expect(await claims.claim({ holder: 'key', id: 'b', expiresAt: soon() })).toBe('claimed');
    expect(await raw('ZCARD', 'mcp-auth:{claims-43}:key')).toBe(1);
    expect(Number(await raw('PTTL', 'mcp-auth:{claims-43}:key'))).toBeGreaterThan(50_000);
  });

  test('are kept for as long as their holder has one that lives longest', async () => {
    const { stores, raw } = await connect();
    await stores.claims.claim({ holder: 'key', id: 'a', expiresAt: Date.now() + 600_000 });
    await stores.claims.claim({ holder: 'key', id: 'b', expiresAt: Date.now() + 1000 });
    expect(Number(await raw('PTTL', 'mcp-auth:{claims-43}:key'))).toBeGreaterThan(500_000);
  });

  test('that have ended by the clock of this process are kept for as long as a slower clock would take them', async () => {
    const { stores, raw } = await connect();
    const claim = { holder: 'key', id: 'a', expiresAt: Date.now() - 60_000 };
    expect(await stores.claims.claim(claim)).toBe('claimed');
    expect(await stores.claims.claim(claim)).toBe('known');
    expect(Number(await raw('PTTL', 'mcp-auth:{claims-43}:key'))).toBeLessThan(61_000);
  });

  test('of a process whose clock is a minute ahead are kept until the nonce has ended by the clocks of the others', async () => {
    const { stores, raw } = await connect();
    const now = Date.now();
    // It has 10 seconds to go there, and 70 everywhere else
    const until = now + 70_000;
    const clock = vi.spyOn(Date, 'now').mockReturnValue(now + 60_000);
    try {
      expect(await stores.claims.claim({ holder: 'key', id: 'a', expiresAt: until })).toBe('claimed');
    } finally {
      clock.mockRestore();
    }
    expect(Number(await raw('ZSCORE', 'mcp-auth:{claims-43}:key', 'a'))).toBeGreaterThanOrEqual(until);
  });

  test('of applications with other prefixes are others', async () => {
    const { client, stores } = await connect();
    const other = createRedisStores({ client, secrets, prefix: 'other' });
    const claim = { holder: 'key', id: 'a', expiresAt: soon() };
    expect([await stores.claims.claim(claim), await other.claims.claim(claim)]).toEqual([
      'claimed',
      'claimed',
    ]);
  });
});

describe('the era of claims', () => {
  const claimOf = (holder: string, era: string | undefined) => ({ holder, id: 'a', expiresAt: soon(), era });

  test('is one for a holder in all processes, as long as nothing is forgotten', async () => {
    const { stores, client } = await connect();
    const other = createRedisStores({ client, secrets, commandTimeoutMs: 1000 });
    const era = await stores.claims.era?.('key');
    expect(era).toMatch(/^[\da-f]{20}$/);
    expect(await other.claims.era?.('key')).toBe(era);
    expect(await stores.claims.claim(claimOf('key', era))).toBe('claimed');
    expect(await other.claims.claim(claimOf('key', era))).toBe('known');
    expect(await other.claims.era?.('key')).toBe(era);
  });

  test.each([
    ['none', ''],
    ['another one', '0123456789abcdef0123'],
  ])('claims nothing with %s', async (_what, era) => {
    const { stores } = await connect();
    expect(await stores.claims.claim(claimOf('key', era))).toBe('forgotten');
    expect(await stores.claims.claim(claimOf('key', await stores.claims.era?.('key')))).toBe('claimed');
  });

  test('is another one after all was deleted, and the process knows it with the next claim', async () => {
    const { stores, raw } = await connect();
    const era = await stores.claims.era?.('key');
    expect(await stores.claims.claim(claimOf('key', era))).toBe('claimed');
    await raw('FLUSHALL');
    expect(await stores.claims.claim(claimOf('key', era))).toBe('forgotten');
    const next = await stores.claims.era?.('key');
    expect(next).not.toBe(era);
    expect(await stores.claims.claim(claimOf('key', next))).toBe('claimed');
    expect(await stores.claims.claim(claimOf('key', era))).toBe('forgotten');
  });

  test('is asked for once', async () => {
    const { client } = await connect();
    let sent = 0;
    const counting = {
      isReady: true,
      sendCommand: (args: readonly string[]) => {
        sent++;
        return (client as { sendCommand(args: readonly string[]): Promise<unknown> }).sendCommand(args);
      },
    };
    const { claims } = createRedisStores({ client: counting, secrets, commandTimeoutMs: 1000 });
    const era = await claims.era?.('key');
    const before = sent;
    expect(await claims.era?.('key')).toBe(era);
    expect(sent).toBe(before);
  });

  test('does not hang on the right to send INFO', async () => {
    const { stores, raw } = await connect();
    await raw('ACL', 'SETUSER', 'default', '-info');
    try {
      const era = await stores.claims.era?.('key');
      expect(await stores.claims.claim(claimOf('key', era))).toBe('claimed');
      await raw('FLUSHALL');
      expect(await stores.claims.claim(claimOf('key', era))).toBe('forgotten');
    } finally {
      await raw('ACL', 'SETUSER', 'default', '+info');
    }
  });

  test('is next to the claims of the holder, with the same hash tag', async () => {
    const { stores, raw } = await connect();
    await stores.claims.claim(claimOf('key', await stores.claims.era?.('key')));
    const keys = ((await raw('KEYS', '*')) as string[]).sort();
    expect(keys).toEqual(['mcp-auth:{claims-43}:era', 'mcp-auth:{claims-43}:key']);
  });
});

describe('a user with the rights that the page names', () => {
  test('may do all that the stores do', async () => {
    const { raw, ...admin } = await connect();
    const page = readFileSync(new URL('../../../docs/guide/redis-in-production.md', import.meta.url), 'utf8');
    const [, rights = ''] = /access control lists:\s+`([^`]+)`/.exec(page) ?? [];
    await raw('ACL', 'SETUSER', 'stores', 'reset', 'on', '>word', ...rights.split(' '));
    const client = createClient({
      url: `redis://stores:word@127.0.0.1:${server.port}`,
      disableOfflineQueue: true,
    });
    client.on('error', () => undefined);
    await client.connect();
    open.push({ ...admin, raw, close: () => client.destroy() });
    const { claims, answers, revocations } = createRedisStores({ client, secrets, commandTimeoutMs: 1000 });
    const era = await claims.era?.('key');
    expect(await claims.claim({ holder: 'key', id: 'a', expiresAt: soon(), era })).toBe('claimed');
    await answers.set('name', 'sealed', 60);
    expect(await answers.get('name')).toBe('sealed');
    await answers.delete('name');
    await revocations.add(revocation('a'));
    expect((await revocations.read(undefined)).entries).toEqual(['sealed a 1']);
    await expect(client.sendCommand(['FLUSHALL'])).rejects.toThrow('NOPERM');
    await expect(client.sendCommand(['GET', 'elsewhere'])).rejects.toThrow('NOPERM');
  });
});

describe('what somebody else has written, as large as Redis takes it,', () => {
  test('is no answer, and a process reads no more of it than it takes to see that', async () => {
    const { raw, client } = await connect();
    await raw('SET', 'mcp-auth:answers:name', 'A'.repeat(8_000_000));
    const sizes: number[] = [];
    const send = async (args: readonly string[]) => {
      const value = await (client as { sendCommand(args: readonly string[]): Promise<unknown> }).sendCommand(
        args,
      );
      sizes.push(String(value).length);
      return value;
    };
    const { answers } = createRedisStores({
      client: { isReady: true, sendCommand: send },
      secrets,
      commandTimeoutMs: 1000,
    });
    await expect(answers.get('name')).rejects.toThrow('too long');
    expect(sizes).toEqual([1_048_577]);
    await answers.set('name', 'A'.repeat(1_048_576), 60);
    expect(await answers.get('name')).toHaveLength(1_048_576);
  });

  test('is an empty entry of the list of revocations, and those behind it are read', async () => {
    const { raw, stores } = await connect();
    for (const name of ['a', 'b', 'c']) await stores.revocations.add(revocation(name));
    await raw('HSET', '{mcp-auth:revocations}:entries', 'b', `1 ${'A'.repeat(8_000_000)}`);
    expect((await stores.revocations.read(undefined)).entries).toEqual(['sealed a 1', '', 'sealed c 1']);
    await stores.revocations.add({ ...revocation('d'), entry: 'B'.repeat(65_536) });
    expect((await stores.revocations.read(undefined)).entries[3]).toHaveLength(65_536);
  });
});

describe('the list of revocations', () => {
  test('holds one entry of a name, the latest', async () => {
    const { stores } = await connect();
    const { revocations } = stores;
    await revocations.add(revocation('a', 5.25));
    const { cursor } = await revocations.read(undefined);
    await revocations.add(revocation('a', 5.25));
    await revocations.add(revocation('a', 5));
    expect((await revocations.read(cursor)).entries).toEqual([]);
    await revocations.add(revocation('a', 5.5));
    expect((await revocations.read(cursor)).entries).toEqual(['sealed a 5.5']);
    expect((await revocations.read(undefined)).entries).toEqual(['sealed a 5.5']);
  });

  test('is read page by page', async () => {
    const { stores } = await connect();
    const names = Array.from({ length: 1203 }, (_each, index) => `n${index}`);
    // A few at a time: each has its time limit
    while (names.length > 0) {
      await Promise.all(names.splice(0, 100).map((name) => stores.revocations.add(revocation(name))));
    }
    const seen = [];
    let page = await stores.revocations.read(undefined);
    seen.push(...page.entries);
    while (page.hasMore) {
      page = await stores.revocations.read(page.cursor);
      expect(page.isFromStart).toBe(false);
      seen.push(...page.entries);
    }
    expect(new Set(seen).size).toBe(1203);
    expect(seen).toHaveLength(1203);
  });

  test.each([
    ['all of it', (raw: OpenClient['raw']) => raw('FLUSHALL')],
    ['its entries', (raw: OpenClient['raw']) => raw('DEL', '{mcp-auth:revocations}:entries')],
    ['its order', (raw: OpenClient['raw']) => raw('DEL', '{mcp-auth:revocations}:order')],
    ['its ends', (raw: OpenClient['raw']) => raw('DEL', '{mcp-auth:revocations}:ends')],
    ['one entry', (raw: OpenClient['raw']) => raw('HDEL', '{mcp-auth:revocations}:entries', 'a')],
  ])('that lost %s begins anew, and says so to whoever reads on', async (_what, lose) => {
    const { stores, raw } = await connect();
    const { revocations } = stores;
    for (const name of ['a', 'b']) await revocations.add(revocation(name));
    const { cursor } = await revocations.read(undefined);
    await lose(raw);
    expect(await revocations.read(cursor)).toMatchObject({ entries: [], isFromStart: true });
    for (const name of ['b', 'c', 'd']) await revocations.add(revocation(name));
    expect(await revocations.read(cursor)).toMatchObject({
      entries: ['sealed b 1', 'sealed c 1', 'sealed d 1'],
      isFromStart: true,
    });
  });

  test('that is full gives up what nobody needs any more, and else takes nothing', async () => {
    const { client } = await connect();
    const commands = new Commands(
      (_key, args) =>
        (client as { sendCommand(args: readonly string[]): Promise<unknown> }).sendCommand(args),
      1000,
    );
    const list = new RedisRevocations(commands, 'small', 2);
    await list.add({ ...revocation('a'), expiresAt: Date.now() - 60_000 });
    await list.add(revocation('b'));
    await list.add(revocation('c'));
    expect((await list.read(undefined)).entries).toEqual(['sealed b 1', 'sealed c 1']);
    await expect(list.add(revocation('d'))).rejects.toThrow('takes no more');
    await list.add(revocation('c', 2));
    expect((await list.read(undefined)).entries).toEqual(['sealed b 1', 'sealed c 2']);
  });

  test('keeps its keys in one slot', async () => {
    const { stores, raw } = await connect();
    await stores.revocations.add(revocation('a'));
    const keys = (await raw('KEYS', '*')) as string[];
    expect(keys.sort()).toEqual(['ends', 'entries', 'order'].map((name) => `{mcp-auth:revocations}:${name}`));
  });
});

describe('stores that are closed', () => {
  test('send nothing more', async () => {
    const { stores } = await connect();
    stores.close();
    await expect(stores.claims.claim({ holder: 'key', id: 'a', expiresAt: soon() })).rejects.toThrow(
      'closed',
    );
    await expect(stores.answers.get('a')).rejects.toThrow('closed');
    await expect(stores.revocations.read(undefined)).rejects.toThrow('closed');
  });
});
