import { afterEach, describe, expect, test, vi } from 'vitest';
import { MCPAuth } from '../../src/fetch.js';
import type {
  MCPAuthConfig,
  MCPAuthEvent,
  RevocationPage,
  RevocationStore,
  SharedRevocation,
} from '../../src/index.js';
import { createClock, type TestClock } from '../support/clock.js';
import { TestIssuer } from '../support/test-issuer.js';

const resource = 'https://api.example.com/mcp';
const secret = 'a secret of 32 bytes and some more.';

/** A list as a database would keep it. */
class SharedList implements RevocationStore {
  entries: SharedRevocation[] = [];
  epoch = 1;
  pageSize = 100;
  isDown = false;
  isSilent = false;
  adds = 0;
  reads = 0;

  add(revocation: SharedRevocation): unknown {
    this.adds++;
    if (this.isDown) throw new Error('ECONNREFUSED');
    const former = this.entries.find(({ name }) => name === revocation.name);
    if (former === undefined || former.order < revocation.order) this.entries.push(revocation);
    return this.isSilent ? new Promise(() => undefined) : undefined;
  }

  read(cursor: string | undefined): RevocationPage | Promise<RevocationPage> {
    this.reads++;
    if (this.isDown) throw new Error('ECONNREFUSED');
    if (this.isSilent) return new Promise(() => undefined);
    const [epoch, position] = (cursor ?? ' ').split(' ');
    const isFromStart = epoch !== String(this.epoch);
    const from = isFromStart ? 0 : Number(position);
    const page = this.entries.slice(from, from + this.pageSize);
    return {
      entries: page.map(({ entry }) => entry),
      cursor: `${this.epoch} ${from + page.length}`,
      isFromStart,
      hasMore: from + page.length < this.entries.length,
    };
  }

  /** As a database that was restarted without its data. */
  lose(): void {
    this.entries = [];
    this.epoch++;
  }
}

const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});

async function world() {
  const clock = createClock();
  const issuer = await TestIssuer.create(clock);
  const list = new SharedList();
  return {
    clock,
    issuer,
    list,
    start: (config?: Partial<MCPAuthConfig>) => start({ clock, issuer, list }, config),
  };
}

interface Surroundings {
  readonly clock: TestClock;
  readonly issuer: TestIssuer;
  readonly list: RevocationStore;
}

async function start(surroundings: Surroundings, config: Partial<MCPAuthConfig> = {}) {
  const started = create(surroundings, config);
  await started.mcpAuth.ready();
  return started;
}

/** One that takes requests at once. */
function create({ clock, issuer, list }: Surroundings, config: Partial<MCPAuthConfig> = {}) {
  const events: MCPAuthEvent[] = [];
  const mcpAuth = new MCPAuth({
    resource,
    authorizationServers: [issuer.issuer],
    fetch: issuer.fetch,
    now: clock.now,
    onEvent: (event) => events.push(event),
    stores: { secrets: [secret], revocations: list },
    ...config,
  } as MCPAuthConfig);
  closing.push(mcpAuth);
  const handler = mcpAuth.protect({ fetch: () => new Response('in') });
  const ask = async (token: string) =>
    (await handler.fetch(new Request(resource, { headers: { authorization: `Bearer ${token}` } }))).status;
  const warnings = () => events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
  return { mcpAuth, events, ask, warnings };
}

/** Whether it comes true in the next turns of all processes. */
async function settles(holds: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (await holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

const refused = async (ask: (token: string) => Promise<number>, token: string) =>
  expect(await settles(async () => (await ask(token)) === 401)).toBe(true);

/** Long enough for every process to have read the list. */
async function afterReading(list: SharedList, times = 2): Promise<void> {
  const reads = list.reads + times;
  expect(await settles(() => list.reads >= reads)).toBe(true);
}

/** The next piece of a stream that somebody else ends. */
async function readOnce(stream: ReadableStream<Uint8Array> | undefined): Promise<string> {
  const reader = stream?.getReader();
  const piece = await reader?.read();
  reader?.releaseLock();
  return new TextDecoder().decode(piece?.value);
}

describe('a revocation in one process', () => {
  test.each(['subject', 'client', 'tokenId'] as const)('reaches the other one, by %s', async (by) => {
    const { issuer, start } = await world();
    const [one, two] = [await start(), await start()];
    const token = await issuer.sign({ jti: 'one', client_id: 'client-1' });
    expect([await one.ask(token), await two.ask(token)]).toEqual([200, 200]);
    const value = { subject: 'user-1', client: 'client-1', tokenId: 'one' }[by];
    const result = await one.mcpAuth.revoke({ issuer: issuer.issuer, [by]: value } as never);
    expect(result).toEqual({ streams: 0, isShared: true });
    expect(await one.ask(token)).toBe(401);
    await refused(two.ask, token);
  });

  test('stands there at once, before the list has answered', async () => {
    const { issuer, list, start } = await world();
    const one = await start();
    const token = await issuer.sign();
    expect(await one.ask(token)).toBe(200);
    list.isSilent = true;
    const revoking = one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    expect(await one.ask(token)).toBe(401);
    expect(await revoking).toEqual({ streams: 0, isShared: false });
  });

  test('reaches a process that starts later before it takes requests', async () => {
    const { issuer, list, start } = await world();
    list.pageSize = 2;
    const one = await start();
    for (const subject of ['a', 'b', 'c', 'user-1', 'd'])
      await one.mcpAuth.revoke({ issuer: issuer.issuer, subject });
    const two = await start();
    expect(await two.ask(await issuer.sign())).toBe(401);
    expect(await two.ask(await issuer.sign({ sub: 'e' }))).toBe(200);
  });

  test('ends open streams in the other process', async () => {
    const { issuer, list, clock } = await world();
    const [one, two] = [await start({ clock, issuer, list }), await start({ clock, issuer, list })];
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(': open\n\n')),
    });
    const handler = two.mcpAuth.protect(
      { fetch: () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }) },
      { streams: 'end' } as never,
    );
    const authorization = `Bearer ${await issuer.sign()}`;
    const response = await handler.fetch(new Request(resource, { headers: { authorization } }));
    const [shown, rest] = response.body?.tee() ?? [];
    await vi.waitFor(async () => expect(await readOnce(shown)).toContain(': open'), { timeout: 20_000 });
    await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    const ended = () => two.events.some((event) => event.type === 'stream' && event.reason === 'revoked');
    expect(await settles(ended)).toBe(true);
    expect(await new Response(rest).text()).toContain(': open');
  });

  test('refuses a token that passed at another one, although the clock of its issuer is ahead', async () => {
    const { issuer, clock, start } = await world();
    const [one, two] = [await start(), await start()];
    const early = await issuer.sign({ iat: clock.seconds() + 4 });
    expect(await two.ask(early)).toBe(200);
    await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    await refused(two.ask, early);
  });

  test('is made known with the time of that process, so tokens from after it pass', async () => {
    const { issuer, clock, start } = await world();
    const [one, two] = [await start(), await start()];
    const before = await issuer.sign();
    await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    await refused(two.ask, before);
    clock.advance(10);
    expect(await two.ask(await issuer.sign())).toBe(200);
  });

  test('without the option reaches this one, and says nothing of others', async () => {
    const { issuer, start } = await world();
    const { mcpAuth } = await start({ stores: undefined });
    expect(await mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' })).toEqual({ streams: 0 });
  });
});

describe('a process that starts before the list answers', () => {
  test('is not ready before it has read it: what others have revoked never passes', async () => {
    const { issuer, list, start } = await world();
    const one = await start();
    await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    await one.mcpAuth.close();
    const token = await issuer.sign();
    list.isDown = true;
    const { reads } = list;
    const starting = start();
    expect(await settles(() => list.reads > reads)).toBe(true);
    list.isDown = false;
    const two = await starting;
    expect(await two.ask(token)).toBe(401);
    expect(two.warnings()).toEqual([]);
  });

  test.each(['isDown', 'isSilent'] as const)(
    'is ready all the same after a while, says so, and reads it later: %s',
    async (how) => {
      const { issuer, list, clock, start } = await world();
      const one = await start();
      await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
      await one.mcpAuth.close();
      const token = await issuer.sign();
      list[how] = true;
      const two = await start();
      expect(two.warnings()).toEqual([expect.stringContaining('could not be read before ready() resolved')]);
      expect(await two.ask(token)).toBe(200);
      list[how] = false;
      clock.advance(2);
      await refused(two.ask, token);
    },
  );

  test.each([
    { when: 'the first time', before: [] },
    { when: 'after a token that passes', before: ['user-2'] },
  ])('and does not wait for ready() lets no revoked token pass, $when', async ({ before }) => {
    const { issuer, list, start, ...surroundings } = await world();
    const one = await start();
    await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    await one.mcpAuth.close();
    const good = await Promise.all(before.map((subject) => issuer.sign({ sub: subject })));
    const token = await issuer.sign();
    list.isDown = true;
    const two = create({ ...surroundings, issuer, list });
    const answers = [...good, token, token].map(two.ask);
    // They were verified by then, and are remembered
    expect(await two.ask(await issuer.sign({ exp: 1 }))).toBe(401);
    const later = two.ask(token);
    list.isDown = false;
    expect(await Promise.all([...answers, later])).toEqual([...good.map(() => 200), 401, 401, 401]);
  });

  test('and does not wait for ready() refuses an expired token at once, and lets a good one in when nobody answers', async () => {
    const { list, issuer, ...surroundings } = await world();
    list.isSilent = true;
    const { ask, events } = create({ ...surroundings, issuer, list });
    let isWaiting = true;
    const good = ask(await issuer.sign()).finally(() => (isWaiting = false));
    expect(await ask(await issuer.sign({ exp: 1 }))).toBe(401);
    expect(isWaiting).toBe(true);
    expect(await good).toBe(200);
    expect(events).toContainEqual(expect.objectContaining({ store: 'revocations', phase: 'begin' }));
  });

  test('and ends meanwhile is not waited for, and warns of nothing', async () => {
    const { clock, issuer, list } = await world();
    list.isDown = true;
    const starting = start({ clock, issuer, list });
    // Its metadata and keys are there by then
    expect(await settles(() => list.reads > 2)).toBe(true);
    await closing.at(-1)?.close();
    expect((await starting).warnings()).toEqual([]);
  });
});

describe('while the list does not answer', () => {
  test('the revocation stands here, and the others hear of it afterwards', async () => {
    const { issuer, list, start } = await world();
    const [one, two] = [await start(), await start()];
    const token = await issuer.sign();
    list.isDown = true;
    const result = await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    expect(result.isShared).toBe(false);
    expect([await one.ask(token), await two.ask(token)]).toEqual([401, 200]);
    await vi.waitUntil(() => one.events.some(({ type }) => type === 'store'));
    expect(one.events).toContainEqual(
      expect.objectContaining({
        type: 'store',
        store: 'revocations',
        phase: 'begin',
        whenUnavailable: 'local',
      }),
    );
    list.isDown = false;
    await refused(two.ask, token);
  });

  test('many revocations are told once each when it does', async () => {
    const { issuer, list, start } = await world();
    const one = await start();
    list.isDown = true;
    for (let count = 0; count < 3; count++)
      for (const subject of ['a', 'b']) await one.mcpAuth.revoke({ issuer: issuer.issuer, subject });
    list.isDown = false;
    await one.mcpAuth.close();
    expect(list.entries).toHaveLength(2);
  });

  test('a process that ends tries once more, and does not wait for long', async () => {
    const { issuer, list, start } = await world();
    const one = await start();
    list.isDown = true;
    for (const subject of ['a', 'b', 'c']) await one.mcpAuth.revoke({ issuer: issuer.issuer, subject });
    const adds = list.adds;
    await one.mcpAuth.close();
    expect(list.adds - adds).toBeLessThan(2);
  });
});

describe('a list that is gone', () => {
  test('is made again from what processes know', async () => {
    const { issuer, list, start } = await world();
    const [one, two] = [await start(), await start()];
    await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    await refused(two.ask, await issuer.sign());
    list.lose();
    expect(await settles(() => list.entries.length > 0)).toBe(true);
    await afterReading(list, 4);
    expect(list.entries).toHaveLength(1);
    expect(await (await start()).ask(await issuer.sign())).toBe(401);
  });

  test('the process that revoked may be gone too: the others know', async () => {
    const { issuer, list, start } = await world();
    const [one, two] = [await start(), await start()];
    await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    await refused(two.ask, await issuer.sign());
    await one.mcpAuth.close();
    list.lose();
    expect(await settles(() => list.entries.length > 0)).toBe(true);
  });
});

describe('a list that lost its end and grew again', () => {
  test('gets back within a minute what it lost, and a process that starts then refuses it', async () => {
    const { clock, issuer, list, start } = await world();
    const [one, two] = [await start(), await start()];
    const tokens = await Promise.all(['user-1', 'user-2', 'user-3'].map(async (sub) => issuer.sign({ sub })));
    const [, lost = '', later = ''] = tokens;
    await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-2' });
    await refused(two.ask, lost);
    await one.mcpAuth.close();
    // One in its place at once: as many entries as everybody has read
    list.entries = [...list.entries.slice(0, 1), { ...list.entries[1]!, name: 'other', entry: 'other' }];
    await afterReading(list);
    expect(list.entries).toHaveLength(2);
    clock.advance(60);
    expect(await settles(() => list.entries.length === 3)).toBe(true);
    const three = await start();
    expect([await three.ask(lost), await three.ask(later)]).toEqual([401, 200]);
  });

  test('is not told again what all tokens have outlived', async () => {
    const { clock, issuer, list, start } = await world();
    const { mcpAuth } = await start();
    await mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    list.entries = [];
    const { adds } = list;
    clock.advance(365 * 86_400);
    await afterReading(list, 4);
    expect(list.adds).toBe(adds);
  });
});

describe('whoever can write to the list', () => {
  test.each<readonly [string, (sealed: string) => string]>([
    [
      'text',
      () =>
        JSON.stringify({
          issuer: 'https://as.example.com',
          by: 'subject',
          value: 'user-1',
          issuedUpTo: 9e9,
          madeAt: 0,
        }),
    ],
    [
      'an entry that was changed',
      (sealed) => `${sealed.slice(0, 30)}${sealed[30] === 'A' ? 'B' : 'A'}${sealed.slice(31)}`,
    ],
    ['a long text', () => 'A'.repeat(100_000)],
    ['nothing', () => ''],
  ])('revokes nothing with %s', async (_what, forge) => {
    const { issuer, list, start, clock } = await world();
    const stranger = await start();
    await stranger.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    const sealed = list.entries[0]?.entry ?? '';
    await stranger.mcpAuth.close();
    list.lose();
    clock.advance(10);
    list.entries.push({ name: 'x', entry: forge(sealed), order: 1, expiresAt: 0 });
    const one = await start();
    await afterReading(list);
    expect(await one.ask(await issuer.sign())).toBe(200);
    expect(one.warnings().filter((line) => line.includes('none of stores.secrets'))).toHaveLength(1);
  });

  test('nor does another application with secrets of its own', async () => {
    const { issuer, list, start } = await world();
    const other = await start({
      stores: { secrets: ['another secret of 32 bytes and more'], revocations: list },
    });
    const one = await start();
    await other.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    await afterReading(list, 4);
    expect(await one.ask(await issuer.sign())).toBe(200);
  });

  test('takes back nothing that a process has read', async () => {
    const { issuer, list, start } = await world();
    const [one, two] = [await start(), await start()];
    await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    await refused(two.ask, await issuer.sign());
    list.entries = [];
    await afterReading(list, 4);
    expect(await two.ask(await issuer.sign())).toBe(401);
  });

  test.each([
    undefined,
    null,
    'OK',
    {},
    { entries: 'x', cursor: '1', isFromStart: true, hasMore: false },
    { entries: [5], cursor: '1', isFromStart: true, hasMore: false },
    { entries: [], cursor: 5, isFromStart: true, hasMore: false },
    { entries: [], cursor: '1', isFromStart: 'yes', hasMore: false },
    { entries: [], cursor: '1', isFromStart: true },
  ])('a page that is none is an outage: %j', async (page) => {
    const { start } = await world();
    const broken = { add: () => undefined, read: () => page as never };
    const one = await start({ stores: { secrets: [secret], revocations: broken } });
    expect(one.events).toContainEqual(expect.objectContaining({ type: 'store', phase: 'begin' }));
  });

  test('a list without an end does not keep a process from its work for ever', async () => {
    const { start } = await world();
    const endless = {
      add: () => undefined,
      read: () => ({ entries: [], cursor: '1', isFromStart: false, hasMore: true }),
    };
    const one = await start({ stores: { secrets: [secret], revocations: endless } });
    expect(one.warnings()).toEqual([]);
  });
});

describe('secrets that change', () => {
  test('revocations reach processes that know them in another order', async () => {
    const { issuer, list, start } = await world();
    const next = 'a new secret of 32 bytes and more...';
    const one = await start({ stores: { secrets: [next, secret], revocations: list } });
    const two = await start({ stores: { secrets: [secret, next], revocations: list } });
    await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    await refused(two.ask, await issuer.sign());
  });
});

describe('more revocations than a process keeps', () => {
  test('are told to the owner, and taken in when there is room', async () => {
    const { issuer, list, clock, start } = await world();
    const two = await start({ revocations: { maxEntries: 1, longestLifetimeSeconds: 60 } });
    const one = await start();
    await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'a' });
    await one.mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    const token = await issuer.sign({ exp: clock.seconds() + 3000 });
    await vi.waitUntil(() => two.warnings().some((line) => line.includes('revocations.maxEntries')), {
      timeout: 5000,
    });
    expect(await two.ask(token)).toBe(200);
    clock.advance(3400);
    await afterReading(list, 4);
    const old = await issuer.sign({ iat: clock.seconds() - 3400, exp: clock.seconds() + 60 });
    expect(await two.ask(old)).toBe(401);
  });
});
