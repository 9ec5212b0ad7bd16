import { describe, expect, test, vi } from 'vitest';
import { retryAfterOf, statusOf } from '../support/protect.js';
import { type Call, faultsOf, introspecting, opaque } from './support.js';

const json = (body: unknown, status = 200) => Response.json(body, { status });

/** An endpoint that knows some tokens, and answers about others as `garbage` says. */
async function withGood(count: number, garbage: (call: Call) => Response | Promise<Response>, options = {}) {
  const all = await introspecting({ introspection: options });
  const tokens = Array.from({ length: count }, (_, index) => `honest-${index}`);
  for (const token of tokens) {
    all.endpoint.answers.set(token, all.good());
    expect(statusOf(await all.ask(token))).toBe(200);
  }
  all.endpoint.reply = (call) => {
    const known = all.endpoint.answers.get(call.form.get('token') ?? '');
    return known === undefined ? garbage(call) : json(known);
  };
  return { ...all, tokens };
}

/** Statuses of honest requests and of made-up tokens, side by side, for a minute of the moved clock. */
async function minuteOf(
  { ask, tokens, clock }: Awaited<ReturnType<typeof withGood>>,
  madeUpPerSecond: number,
) {
  const honest: number[] = [];
  const madeUp: number[] = [];
  for (let second = 0; second < 60; second++) {
    clock.advance(1);
    const invented = Array.from({ length: madeUpPerSecond }, (_, index) => ask(`made-up-${second}-${index}`));
    honest.push(...(await Promise.all(tokens.map(ask))).map(statusOf));
    madeUp.push(...(await Promise.all(invented)).map(statusOf));
  }
  return { honest, madeUp };
}

describe('[RFC7662-2.3-01] whoever makes up tokens stops nobody whose token was active before', () => {
  test.each<[string, () => Response | Promise<Response>]>([
    ['403, as a firewall does', () => json({}, 403)],
    ['429', () => json({}, 429)],
    ['500', () => json({}, 500)],
    ['401, as if our credentials were wrong', () => json({ error: 'invalid_client' }, 401)],
    ['a page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.example' } }),
    ],
    ['a connection that is cut', () => Promise.reject(new TypeError('fetch failed'))],
    ['active: false', () => json({ active: false })],
  ])('12 a second, answered with %s: every honest request passes', async (_what, garbage) => {
    const all = await withGood(10, garbage);
    const { honest, madeUp } = await minuteOf(all, 12);
    expect(new Set(honest)).toEqual(new Set([200]));
    expect(madeUp).not.toContain(200);
  });

  test('12 a second that are never answered: every honest request passes', async () => {
    const all = await withGood(10, () => new Promise<Response>(() => undefined), { timeoutMs: 20 });
    const { honest } = await minuteOf(all, 12);
    expect(new Set(honest)).toEqual(new Set([200]));
  });

  test('honest requests do not wait behind a thousand made-up tokens', async () => {
    let answerAll = (): void => undefined;
    const gate = new Promise<void>((resolve) => (answerAll = resolve));
    const all = await withGood(10, async () => {
      await gate;
      return json({ active: false });
    });
    let settled = 0;
    const invented = Array.from({ length: 1000 }, (_, index) =>
      all.ask(`made-up-${index}`).finally(() => settled++),
    );
    expect((await Promise.all(all.tokens.map(all.ask))).map(statusOf)).toEqual(Array(10).fill(200));
    // Whoever finds no place is told so while the others wait
    await vi.waitUntil(() => settled === 472, 10_000);
    answerAll();
    const statuses = (await Promise.all(invented)).map(statusOf);
    // 16 under way, 512 wait; none of these is told that its token is bad before anybody asked
    expect(statuses.filter((status) => status === 401)).toHaveLength(528);
    expect(statuses.filter((status) => status === 503)).toHaveLength(472);
  });

  test('answers about made-up tokens take no place of answers about good ones', async () => {
    const keepAnswers = { activeSeconds: 300, inactiveSeconds: 300, maxEntries: 60 };
    const all = await withGood(50, () => json({ active: false }), { keepAnswers });
    for (let index = 0; index < 500; index++) await all.ask(`made-up-${index}`);
    const before = all.endpoint.calls.length;
    expect((await Promise.all(all.tokens.map(all.ask))).map(statusOf)).toEqual(Array(50).fill(200));
    expect(all.endpoint.calls).toHaveLength(before);
    expect(all.events.filter(({ type }) => type === 'cache')).toEqual([]);
  });

  test('the owner hears of answers about good ones that found no place', async () => {
    const all = await withGood(50, () => json({ active: false }), {
      keepAnswers: { activeSeconds: 300, maxEntries: 40 },
    });
    expect(all.events.filter(({ type }) => type === 'cache')).toMatchObject([
      { cache: 'introspection', maxEntries: 40, dropped: 1, level: 'warn' },
    ]);
  });
});

describe('[RFC7662-2.3-01] whoever holds on to a token that was active once stops nobody else', () => {
  test.each([403, 500])('when the endpoint fails with it, status %d, every time', async (status) => {
    const all = await withGood(10, () => json({}, status));
    const [former = '', ...others] = all.tokens;
    all.endpoint.answers.delete(former);
    const statuses: number[] = [];
    for (let second = 0; second < 60; second++) {
      all.clock.advance(1);
      for (let count = 0; count < 12; count++) expect(statusOf(await all.ask(former))).toBe(503);
      statuses.push(...(await Promise.all(others.map(all.ask))).map(statusOf));
    }
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test('when it was withdrawn: it waits with those that were never seen', async () => {
    let answerAll = (): void => undefined;
    const gate = new Promise<void>((resolve) => (answerAll = resolve));
    const all = await withGood(2, () => json({ active: false }), { maxConcurrentCalls: 2 });
    const [former = '', other = ''] = all.tokens;
    all.endpoint.answers.delete(former);
    expect(statusOf(await all.ask(former))).toBe(401);
    const answer = all.endpoint.reply as (call: Call) => Response;
    all.endpoint.reply = async (call) => {
      if (call.form.get('token') === former) await gate;
      return answer(call);
    };
    let isSettled = false;
    const waiting = all.ask(former).finally(() => (isSettled = true));
    expect(statusOf(await all.ask(other))).toBe(200);
    expect(isSettled).toBe(false);
    answerAll();
    expect(statusOf(await waiting)).toBe(401);
  });

  test('two errors in a row, as of an endpoint under load, cost a good token nothing under a flood', async () => {
    let answerAll = (): void => undefined;
    const gate = new Promise<void>((resolve) => (answerAll = resolve));
    const hang = () => gate.then(() => json({ active: false }));
    const all = await withGood(1, hang, { maxConcurrentCalls: 2 });
    const [token = ''] = all.tokens;
    const answer = all.endpoint.reply;
    all.endpoint.reply = () => json({}, 503);
    for (let count = 0; count < 2; count++) expect(statusOf(await all.ask(token))).toBe(503);
    all.endpoint.reply = answer;
    const madeUp = all.ask('made-up');
    expect(statusOf(await all.ask(token))).toBe(200);
    answerAll();
    expect(statusOf(await madeUp)).toBe(401);
  });
});

describe('[RFC7662-2.3-01] tokens that were never seen', () => {
  test('1,000 at once after a restart pass', async () => {
    const { ask, endpoint, good } = await introspecting();
    endpoint.reply = good();
    const statuses: number[] = [];
    // As clients do that are told to come again
    let waiting = Array.from({ length: 1000 }, (_, index) => `first-${index}`);
    for (let round = 0; round < 3 && waiting.length > 0; round++) {
      const decisions = await Promise.all(waiting.map(ask));
      statuses.push(...decisions.map(statusOf));
      waiting = waiting.filter((_, index) => statusOf(decisions[index]!) === 503);
    }
    expect(waiting).toEqual([]);
    expect(statuses).not.toContain(401);
  });

  test('are told 503, never 401, while others make the endpoint fail', async () => {
    const all = await withGood(0, () => json({}, 429));
    for (let index = 0; index < 100; index++) await all.ask(`made-up-${index}`);
    const decision = await all.ask(opaque);
    expect([statusOf(decision), retryAfterOf(decision)]).toEqual([503, 1]);
    all.clock.advance(1);
    expect(statusOf(await all.ask(opaque))).toBe(200);
  });
});

describe('whose fault an error of the endpoint is', () => {
  const probes = (calls: readonly Call[]) =>
    calls.flatMap(({ form }) => form.getAll('token').filter((token) => token.startsWith('mcp-auth-probe-')));

  test('a made-up token of our own decides, the same one each time, at most once in 10 seconds', async () => {
    const all = await withGood(0, ({ form }) =>
      json({ active: false }, form.get('token')?.startsWith('mcp-auth-probe-') === true ? 200 : 500),
    );
    for (let second = 0; second < 60; second++) {
      for (let index = 0; index < 10; index++) await all.ask(`made-up-${second}-${index}`);
      expect(statusOf(await all.ask(opaque))).toBe(200);
      all.clock.advance(1);
    }
    const sent = probes(all.endpoint.calls);
    expect(sent).toHaveLength(6);
    expect(new Set(sent).size).toBe(1);
  });

  test('no token is sent that no waiting request carries, but for that one', async () => {
    const all = await withGood(3, () => json({}, 500));
    await minuteOf(all, 5);
    const asked = new Set(all.endpoint.calls.map(({ form }) => form.get('token') ?? ''));
    for (const token of asked) expect(token).toMatch(/^(?:honest|made-up|mcp-auth-probe)-/);
    const calls = all.endpoint.calls.length;
    all.clock.advance(600);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(all.endpoint.calls).toHaveLength(calls);
  });

  test('an error with a token that was active before counts', async () => {
    const all = await withGood(1, () => json({ active: false }));
    all.endpoint.reply = () => json({}, 500);
    for (let count = 0; count < 5; count++) expect(statusOf(await all.ask('honest-0'))).toBe(503);
    const calls = all.endpoint.calls.length;
    expect(statusOf(await all.ask('honest-0'))).toBe(503);
    expect(all.endpoint.calls).toHaveLength(calls);
    all.endpoint.reply = undefined;
    all.clock.advance(1);
    expect(statusOf(await all.ask('honest-0'))).toBe(200);
  });

  test('the owner hears of errors that do not count, three times and then once a minute', async () => {
    const all = await withGood(0, ({ form }) =>
      json({ active: false }, form.get('token')?.startsWith('mcp-auth-probe-') === true ? 200 : 500),
    );
    for (let index = 0; index < 100; index++) await all.ask(`made-up-${index}`);
    expect(faultsOf(all.events)).toEqual(Array(3).fill('unexpected_status'));
    all.clock.advance(60);
    for (let index = 0; index < 100; index++) await all.ask(`late-${index}`);
    expect(faultsOf(all.events)).toHaveLength(4);
  });
});
