import { createHash } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import type { AnswerStore } from '../../src/stores/answer-store.js';
import {
  createCacheKey,
  formatCachedAnswer,
  parseCachedAnswer,
} from '../../src/introspection/introspection-cache.js';
import type { IntrospectionCacheOptions } from '../../src/config/introspection.js';
import { createClock } from '../support/clock.js';
import { allowed, statusOf } from '../support/protect.js';
import { signRaw } from '../support/keys.js';
import { introspecting, opaque, sealAnswer, secret, type Setup, storeSecret } from './support.js';

interface Cache extends Partial<IntrospectionCacheOptions> {
  readonly shared?: AnswerStore;
  readonly secrets?: readonly string[];
}

const cached = ({ shared, secrets = [storeSecret], ...cache }: Cache = {}, setup: Setup = {}) =>
  introspecting({
    ...setup,
    introspection: { ...setup.introspection, keepAnswers: { activeSeconds: 60, ...cache } },
    stores: shared && { answers: shared, secrets },
  });

/** A store that shows what it holds. */
class Recording implements AnswerStore {
  readonly entries = new Map<string, string>();
  readonly lifetimes: number[] = [];
  readonly deleted: string[] = [];
  reads = 0;

  get(key: string): Promise<string | undefined> {
    this.reads++;
    return Promise.resolve(this.entries.get(key));
  }

  set(key: string, value: string, ttlSeconds: number): Promise<void> {
    this.entries.set(key, value);
    this.lifetimes.push(ttlSeconds);
    return Promise.resolve();
  }

  delete(key: string): void {
    this.deleted.push(key);
    this.entries.delete(key);
  }
}

describe('an answer that is kept', () => {
  test('[RFC7662-4-02] stands for activeSeconds and no longer: so long does a revoked token open the resource', async () => {
    const { ask, endpoint, clock } = await cached();
    expect(statusOf(await ask(opaque))).toBe(200);
    endpoint.answers.delete(opaque);
    clock.advance(59);
    expect(statusOf(await ask(opaque))).toBe(200);
    expect(endpoint.calls).toHaveLength(1);
    clock.advance(1);
    expect(statusOf(await ask(opaque))).toBe(401);
    expect(endpoint.calls).toHaveLength(2);
  });

  test('[RFC7662-4-01] is not used past its exp, not even within the tolerance for clocks', async () => {
    const { ask, endpoint, clock, good } = await cached();
    endpoint.answers.set(opaque, good({ exp: clock.seconds() + 5 }));
    expect(statusOf(await ask(opaque))).toBe(200);
    endpoint.answers.delete(opaque);
    clock.advance(4);
    expect(statusOf(await ask(opaque))).toBe(200);
    clock.advance(1);
    expect(statusOf(await ask(opaque))).toBe(401);
    expect(endpoint.calls).toHaveLength(2);
  });

  test('[RFC7662-4-01] a clock that is set back forgets it', async () => {
    const { ask, endpoint, clock } = await cached();
    await ask(opaque);
    endpoint.answers.delete(opaque);
    clock.advance(-3600);
    expect(statusOf(await ask(opaque))).toBe(401);
  });

  test('[OAUTH21-5-01] does not prolong a token without an expiry', async () => {
    const all = await cached({ activeSeconds: 60 }, { options: { lifetimeWithoutExpirySeconds: 30 } });
    all.endpoint.answers.set(opaque, all.good({ exp: undefined, iat: undefined }));
    const first = allowed(await all.ask(opaque)).expiresAt;
    all.clock.advance(20);
    expect(allowed(await all.ask(opaque)).expiresAt).toBe(first);
    expect(all.endpoint.calls).toHaveLength(1);
    all.clock.advance(15);
    expect(statusOf(await all.ask(opaque))).toBe(401);
  });

  test('an inactive token is asked about again, unless inactiveSeconds says for how long not', async () => {
    const never = await cached();
    await never.ask('bad');
    await never.ask('bad');
    expect(never.endpoint.calls).toHaveLength(2);

    const { ask, endpoint, clock } = await cached({ inactiveSeconds: 10 });
    expect(statusOf(await ask('bad'))).toBe(401);
    clock.advance(9);
    expect(statusOf(await ask('bad'))).toBe(401);
    expect(endpoint.calls).toHaveLength(1);
    clock.advance(1);
    await ask('bad');
    expect(endpoint.calls).toHaveLength(2);
  });

  test('[RFC7662-2.2-02] says the same asked for and kept, also where a number in it is too large to be one', async () => {
    const { ask, endpoint, good } = await cached();
    const text = JSON.stringify(good({ limit: 0, list: [{ more: 1 }], auth_time: 2 }));
    const written = text.replace('"limit":0', '"limit":1e999').replace('"more":1', '"more":-1e999');
    endpoint.reply = () => new Response(written, { headers: { 'content-type': 'application/json' } });
    const [asked, kept] = [allowed(await ask(opaque)).claims, allowed(await ask(opaque)).claims];
    expect(endpoint.calls).toHaveLength(1);
    expect(asked).toMatchObject({ limit: null, list: [{ more: null }], auth_time: 2 });
    expect(kept).toEqual(asked);
  });

  test('[RFC7662-2.2-02] with an exp that is too large to be a time is that of no good token', async () => {
    const { ask, endpoint, good } = await cached();
    const written = JSON.stringify(good({ exp: 7 })).replace('"exp":7', '"exp":1e999');
    endpoint.reply = () => new Response(written, { headers: { 'content-type': 'application/json' } });
    for (let asked = 0; asked < 2; asked++) expect(statusOf(await ask(opaque))).toBe(401);
  });

  test('[RFC7662-2.3-01] a fault is never kept', async () => {
    const { ask, endpoint } = await cached({ inactiveSeconds: 60 });
    endpoint.reply = () => Response.json({}, { status: 500 });
    expect(statusOf(await ask(opaque))).toBe(503);
    endpoint.reply = undefined;
    expect(statusOf(await ask(opaque))).toBe(200);
  });

  test('[RFC7662-2.2-02] is judged anew by every route', async () => {
    const { server, ask, endpoint, events } = await cached();
    const strict = server.createGate('introspection', {
      resource: 'https://api.example.com/mcp',
      requiredScopes: ['admin'],
    });
    expect(statusOf(await ask(opaque))).toBe(200);
    const head = { method: 'POST', target: '/mcp', host: undefined, rawHeaders: undefined };
    const header = (name: string) => (name === 'authorization' ? `Bearer ${opaque}` : undefined);
    expect(statusOf(await strict.authenticate({ ...head, header }))).toBe(403);
    expect(endpoint.calls).toHaveLength(1);
    expect(events.filter(({ type }) => type === 'fault')).toEqual([]);
  });
});

describe('a store that processes share', () => {
  const pair = async (first: Cache = {}, second = first) => {
    const shared = new Recording();
    const clock = createClock();
    const one = await cached({ shared, ...first }, { clock });
    const two = await cached({ shared, ...second }, { clock, issuer: one.issuer });
    // Both processes have the endpoint that the later one made
    one.issuer.overrides.set('/introspect', two.endpoint.respond);
    return { shared, clock, one, two, endpoint: two.endpoint };
  };
  /** Nobody waits for what is written. */
  const written = (shared: Recording, count = 1) =>
    vi.waitUntil(() => shared.lifetimes.length === count && shared.entries.size > 0);

  test('spares the second process its call', async () => {
    const { shared, one, two, endpoint } = await pair();
    expect(statusOf(await one.ask(opaque))).toBe(200);
    await written(shared);
    expect(statusOf(await two.ask(opaque))).toBe(200);
    expect(endpoint.calls).toHaveLength(1);
  });

  test('[RFC7662-4-02] its keys are digests, and its values hold neither token nor secret', async () => {
    const { shared, one, endpoint } = await pair();
    endpoint.answers.set(opaque, one.good({ jti: opaque, note: { deep: [opaque] } }));
    await one.ask(opaque);
    await written(shared);
    const [[key, value] = ['', '']] = shared.entries;
    expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(value).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(Buffer.from(value, 'base64url').toString('latin1')).not.toContain(opaque);
    expect(key + value).not.toContain(secret);
  });

  test('[RFC7662-4-02] the limits of the reader count, not those of the writer', async () => {
    const { shared, clock, one, two, endpoint } = await pair({ activeSeconds: 600 }, { activeSeconds: 10 });
    await one.ask(opaque);
    await written(shared);
    endpoint.answers.delete(opaque);
    clock.advance(9);
    expect(statusOf(await two.ask(opaque))).toBe(200);
    clock.advance(1);
    expect(statusOf(await two.ask(opaque))).toBe(401);
  });

  test('[RFC7662-4-01] lifetimes end with the token', async () => {
    const { shared, one, endpoint, clock } = await pair({ activeSeconds: 600 });
    endpoint.answers.set(opaque, one.good({ exp: clock.seconds() + 7 }));
    await one.ask(opaque);
    await written(shared);
    expect(shared.lifetimes).toEqual([7]);
  });

  test('what a fresh answer contradicts is forgotten', async () => {
    const { shared, clock, one, two, endpoint } = await pair({ activeSeconds: 600 }, { activeSeconds: 10 });
    await one.ask(opaque);
    await written(shared);
    endpoint.answers.delete(opaque);
    clock.advance(20);
    await two.ask(opaque);
    await vi.waitUntil(() => shared.deleted.length === 1);
    expect(shared.entries.size).toBe(0);
  });

  test('[RFC9701-5-01] an answer without a verified signature is none where signatures are demanded', async () => {
    const shared = new Recording();
    const clock = createClock();
    const plain = await cached({ shared }, { clock });
    await plain.ask(opaque);
    await written(shared);
    const { issuer } = plain;
    const strict = await cached({ shared }, { clock, issuer, introspection: { signedResponse: true } });
    expect(statusOf(await strict.ask(opaque))).toBe(503);
    const claims = { iss: issuer.issuer, aud: 'resource server', iat: clock.seconds() };
    const text = await signRaw(
      issuer.key,
      { ...claims, token_introspection: strict.good() },
      { typ: 'token-introspection+jwt' },
    );
    const headers = { 'content-type': 'application/token-introspection+jwt' };
    strict.endpoint.reply = () => new Response(text, { headers });
    expect(statusOf(await strict.ask(opaque))).toBe(200);
  });
});

describe('[RFC7662-2.3-01] a faulty store decides nothing', () => {
  const broken: Record<string, AnswerStore> = {
    throws: {
      get: () => {
        throw new Error('down');
      },
      set: () => {
        throw new Error('down');
      },
      delete: () => {
        throw new Error('down');
      },
    },
    rejects: {
      get: () => Promise.reject(new Error('down')),
      set: () => Promise.reject(new Error('down')),
      delete: () => Promise.reject(new Error('down')),
    },
    hangs: {
      get: () => new Promise(() => undefined),
      set: () => new Promise(() => undefined),
      delete: () => new Promise(() => undefined),
    },
  };

  test.each(Object.keys(broken))('that %s', async (which) => {
    const { ask, events } = await cached({ shared: broken[which]! });
    expect(statusOf(await ask(opaque))).toBe(200);
    expect(statusOf(await ask('bad'))).toBe(401);
    await vi.waitUntil(() => events.some(({ type }) => type === 'store'));
    const told = events.filter(({ type }) => type === 'store');
    expect(told).toMatchObject([{ store: 'answers', phase: 'begin', whenUnavailable: 'local' }]);
  });

  test('that hangs is left alone for a while', async () => {
    let reads = 0;
    const shared: AnswerStore = {
      ...broken.hangs!,
      get: () => {
        reads++;
        return new Promise(() => undefined);
      },
    };
    const { ask } = await cached({ shared });
    for (const token of ['a', 'b', 'c', 'd', 'e', 'f']) await ask(token);
    expect(reads).toBeLessThan(4);
  });

  test.each([
    'nonsense',
    '{}',
    'null',
    '[]',
    '{"v":2,"active":true,"signed":false,"at":1767225600,"claims":{"aud":"https://api.example.com/mcp","exp":1767229200}}',
    '{"v":1,"active":true,"signed":false,"at":1767225600,"claims":[]}',
    '{"v":1,"active":true,"signed":false,"at":"now","claims":{}}',
    '{"v":1,"active":"true","signed":false,"at":1767225600,"claims":{}}',
    '{"v":1,"active":true,"signed":false,"at":1767229300,"claims":{"aud":"https://api.example.com/mcp","exp":1767229400}}',
    5,
    {},
  ])('that returns something else: %j', async (value) => {
    const shared = { get: () => value as string, set: () => undefined, delete: () => undefined };
    const plain = await cached({ shared });
    const sealed = await cached({
      shared: sealing(typeof value === 'string' ? value : JSON.stringify(value)),
    });
    for (const { ask, endpoint } of [plain, sealed]) {
      expect(statusOf(await ask('bad'))).toBe(401);
      expect(statusOf(await ask(opaque))).toBe(200);
      expect(endpoint.calls).toHaveLength(2);
    }
  });

  test('[RFC7662-2.2-02] what it returns is judged like an answer', async () => {
    const { ask, endpoint } = await cached({ shared: sealing(textOf({ aud: 'https://other.example.com' })) });
    expect(statusOf(await ask(opaque))).toBe(401);
    expect(endpoint.calls).toEqual([]);
  });
});

const at = Date.UTC(2026, 0, 1) / 1000;
const textOf = (claims: object, active = true) =>
  JSON.stringify({
    ...{ v: 1, active, signed: false, at },
    claims: { aud: 'https://api.example.com/mcp', exp: at + 60, client_id: 'x', ...claims },
  });

/** A store that holds this under every name, as a process with a secret has sealed it. */
function sealing(
  text: string,
  place: Partial<Parameters<typeof sealAnswer>[2]> & { readonly name?: string } = {},
  by = storeSecret,
): AnswerStore {
  const { name: moved, ...rest } = place;
  const where = { issuer: 'https://as.example.com', ...rest };
  return {
    get: (name) => sealAnswer(moved ?? name, text, where, by),
    set: () => undefined,
    delete: () => undefined,
  };
}

describe('[RFC7662-4-02] whoever can write to the store makes no token pass', () => {
  const good = textOf({});

  test('what a process with the secret has sealed is believed', async () => {
    const { ask, endpoint } = await cached({ shared: sealing(good) });
    expect(statusOf(await ask('any'))).toBe(200);
    expect(endpoint.calls).toEqual([]);
  });

  test.each<readonly [string, AnswerStore]>([
    ['not sealed', { get: () => good, set: () => undefined, delete: () => undefined }],
    ['sealed with another secret', sealing(good, {}, 'another secret of 32 bytes and some more')],
    ['moved from another token', sealing(good, { name: 'A'.repeat(43) })],
    ['moved from another issuer', sealing(good, { issuer: 'https://other.example.com' })],
    ['moved from another client', sealing(good, { clientId: 'another' })],
    ['moved from another resource', sealing(good, { resource: 'https://api.example.com/other' })],
    ['about an inactive token', sealing(textOf({}, false))],
  ])('an entry that is %s is none', async (_how, shared) => {
    const { ask, endpoint } = await cached({ shared, inactiveSeconds: 60 });
    expect(statusOf(await ask('any'))).toBe(401);
    expect(statusOf(await ask(opaque))).toBe(200);
    expect(endpoint.calls).toHaveLength(2);
  });

  test.each([
    ['at its beginning', (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`],
    [
      'in the middle',
      (text: string) => `${text.slice(0, 40)}${text[40] === 'A' ? 'B' : 'A'}${text.slice(41)}`,
    ],
    ['by cutting it', (text: string) => text.slice(0, -4)],
    ['by adding to it', (text: string) => `${text}AAAA`],
    ['to next to nothing', () => 'AAAA'],
  ])('nor is one that was changed %s', async (_how, change) => {
    const sealed = sealing(good);
    const shared = { ...sealed, get: async (name: string) => change((await sealed.get(name)) ?? '') };
    const { ask, endpoint } = await cached({ shared });
    expect(statusOf(await ask('any'))).toBe(401);
    expect(endpoint.calls).toHaveLength(1);
  });

  test('and nothing of an inactive token is written', async () => {
    const shared = new Recording();
    const { ask } = await cached({ shared, inactiveSeconds: 60 });
    await ask('bad');
    await vi.waitUntil(() => shared.deleted.length > 0);
    expect(shared.entries.size).toBe(0);
  });
});

describe('secrets of stores that change', () => {
  const old = 'an old secret of 32 bytes and some more..';
  const next = 'a new secret of 32 bytes and some more...';

  test.each([
    ['which the writer had first', [old], [next, old]],
    ['which the writer knows last', [old, next], [next, old]],
    ['which the reader knows last', [next, old], [old, next]],
  ])('an entry is found under the one %s', async (_which, first, second) => {
    const shared = new Recording();
    const clock = createClock();
    const one = await cached({ shared, secrets: first }, { clock });
    await one.ask(opaque);
    await vi.waitUntil(() => shared.entries.size === 1);
    const two = await cached({ shared, secrets: second }, { clock, issuer: one.issuer });
    expect(statusOf(await two.ask(opaque))).toBe(200);
    expect(two.endpoint.calls).toEqual([]);
  });

  test('and not under one that was taken out', async () => {
    const shared = new Recording();
    const clock = createClock();
    const one = await cached({ shared, secrets: [old] }, { clock });
    await one.ask(opaque);
    await vi.waitUntil(() => shared.entries.size === 1);
    const two = await cached({ shared, secrets: [next] }, { clock, issuer: one.issuer });
    expect(statusOf(await two.ask(opaque))).toBe(200);
    expect(two.endpoint.calls).toHaveLength(1);
  });

  test('what is forgotten is forgotten under all of them', async () => {
    const shared = new Recording();
    const { ask } = await cached({ shared, secrets: [next, old] });
    await ask('bad');
    await vi.waitUntil(() => shared.deleted.length === 2);
    expect(new Set(shared.deleted).size).toBe(2);
  });
});

describe('the serialised form, which other processes read', () => {
  test('of a key', async () => {
    const text = JSON.stringify([
      'https://as.example.com',
      'https://as.example.com/introspect',
      'rs',
      'token',
    ]);
    const digest = createHash('sha256').update(text).digest('base64url');
    expect(
      await createCacheKey('https://as.example.com', 'https://as.example.com/introspect', 'rs', 'token'),
    ).toBe(`mcp-auth:introspection:1:${digest}`);
    expect(digest).toBe('cpjbRwSdsLEwT4waD0xzopxhr_VGV7jieD_wO8NRHtU');
  });

  test('[RFC7662-4-02] issuer, endpoint, client and token all count', async () => {
    const keys = await Promise.all([
      createCacheKey('i', 'e', 'c', 't'),
      createCacheKey('i2', 'e', 'c', 't'),
      createCacheKey('i', 'e2', 'c', 't'),
      createCacheKey('i', 'e', 'c2', 't'),
      createCacheKey('i', 'e', undefined, 't'),
      createCacheKey('i', 'e', 'c', 't2'),
      createCacheKey('i', 'e', '', 'ct'),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('of an active and of an inactive answer', () => {
    const active = {
      answer: { kind: 'active', claims: { sub: 'user-1' }, answeredAt: 1_767_225_600 },
      answeredAt: 1_767_225_600,
      signed: true,
    } as const;
    expect(formatCachedAnswer(active)).toBe(
      '{"v":1,"active":true,"signed":true,"at":1767225600,"claims":{"sub":"user-1"}}',
    );
    const inactive = { answer: { kind: 'inactive' }, answeredAt: 1_767_225_600, signed: false } as const;
    expect(formatCachedAnswer(inactive)).toBe('{"v":1,"active":false,"signed":false,"at":1767225600}');
    for (const entry of [active, inactive])
      expect(parseCachedAnswer(formatCachedAnswer(entry))).toEqual(entry);
  });
});
