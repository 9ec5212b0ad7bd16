import { describe, expect, test, vi } from 'vitest';
import { createClock } from '../support/clock.js';
import { retryAfterOf, statusOf } from '../support/protect.js';
import { CircuitBreaker, type Permit } from '../../src/net/circuit-breaker.js';
import { introspecting, opaque } from './support.js';

const names = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('[RFC7662-2.3-01] a dead endpoint does not hold every request for its timeout', () => {
  test('1000 callers at once cause 36 calls at most, and all are told to come again', async () => {
    const { ask, endpoint } = await introspecting();
    endpoint.reply = () => {
      throw new TypeError('fetch failed');
    };
    const decisions = await Promise.all(names(1000, 'token').map(ask));
    expect(new Set(decisions.map(statusOf))).toEqual(new Set([503]));
    expect(endpoint.calls.length).toBeGreaterThanOrEqual(5);
    expect(endpoint.calls.length).toBeLessThanOrEqual(36);
  });

  test('once it is known to be dead, ten minutes of 1000 callers a minute cause one call in 3.75 seconds at most', async () => {
    const { ask, endpoint, clock } = await introspecting();
    endpoint.reply = () => Response.json({}, { status: 500 });
    for (const token of names(4, 'first')) await ask(token);
    // With one about a made-up token
    expect(endpoint.calls).toHaveLength(5);
    for (let second = 0; second < 600; second += 6) {
      clock.advance(6);
      const decisions = await Promise.all(names(100, `s${second}-`).map(ask));
      expect(new Set(decisions.map(statusOf))).toEqual(new Set([503]));
    }
    // 1 + 2 + 4 s, then one in 3.75 to 5 s
    expect(endpoint.calls.length).toBeLessThanOrEqual(5 + 4 + 600 / 3.75);
    expect(endpoint.calls.length).toBeGreaterThan(5 + 15);
  });

  test('callers that wait while it hangs are let go as soon as it is known', async () => {
    const { ask, endpoint } = await introspecting({
      introspection: { timeoutMs: 30, maxConcurrentCalls: 10 },
    });
    endpoint.reply = () => new Promise<Response>(() => undefined);
    const decisions = await Promise.all(names(1000, 'token').map(ask));
    expect(new Set(decisions.map(statusOf))).toEqual(new Set([503]));
    expect(endpoint.calls).toHaveLength(5);
  });

  test('it is used again as soon as one call succeeds', async () => {
    const { ask, endpoint, clock } = await introspecting();
    endpoint.reply = () => Response.json({}, { status: 500 });
    for (const token of names(4, 'first')) await ask(token);
    const refused = await ask('another');
    expect([statusOf(refused), retryAfterOf(refused)]).toEqual([503, 1]);
    expect(endpoint.calls).toHaveLength(5);
    endpoint.reply = undefined;
    clock.advance(1);
    expect(statusOf(await ask(opaque))).toBe(200);
    const decisions = await Promise.all(names(100, 'later').map(ask));
    expect(new Set(decisions.map(statusOf))).toEqual(new Set([401]));
  });

  test('callers behind a slow endpoint are told to come again before their own clients have gone', async () => {
    const { ask, endpoint, clock } = await introspecting({ introspection: { maxConcurrentCalls: 2 } });
    endpoint.reply = async () => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      clock.advance(4);
      return Response.json({ active: false });
    };
    const statuses = (await Promise.all(names(30, 'token').map(ask))).map(statusOf);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(4);
    expect(new Set(statuses)).toEqual(new Set([401, 503]));
    expect(endpoint.calls.length).toBeLessThanOrEqual(4);
  });

  test('a healthy endpoint serves a burst within its limit of calls under way', async () => {
    let running = 0;
    let most = 0;
    const { ask, endpoint } = await introspecting({ introspection: { maxConcurrentCalls: 16 } });
    endpoint.reply = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running--;
      return Response.json({ active: false });
    };
    const decisions = await Promise.all(names(200, 'token').map(ask));
    expect(new Set(decisions.map(statusOf))).toEqual(new Set([401]));
    expect(most).toBe(8);
  });
});

describe('[RFC7662-2.3-01] a circuit breaker', () => {
  const create = (maxConcurrent = 10, maxWaiting = 4) => {
    const clock = createClock();
    return {
      clock,
      breaker: new CircuitBreaker({
        maxConcurrent,
        maxWaiting,
        maxCallMs: 10_000,
        now: clock.now,
        random: () => 0,
      }),
    };
  };
  const take = (breaker: CircuitBreaker): Permit => {
    const permit = breaker.enter();
    if (permit === undefined || permit instanceof Promise) throw new Error('no permit at once');
    return permit;
  };
  const fail = (breaker: CircuitBreaker, times: number) => {
    for (let count = 0; count < times; count++) take(breaker).settle('failed');
  };

  test('opens after five failures in a row, not before', () => {
    const { breaker } = create();
    fail(breaker, 4);
    take(breaker).settle('succeeded');
    fail(breaker, 5);
    expect(breaker.enter()).toBeUndefined();
  });

  test('tries one call at a time, after 1 s, then after twice as long each, up to 5 s', () => {
    const { breaker, clock } = create();
    fail(breaker, 5);
    for (const seconds of [1, 2, 4, 5, 5]) {
      clock.advance(seconds - 0.001);
      expect(breaker.enter()).toBeUndefined();
      expect(breaker.retryAfterSeconds).toBe(1);
      clock.advance(0.001);
      const trial = take(breaker);
      expect(breaker.enter()).toBeUndefined();
      trial.settle('failed');
    }
    expect(breaker.retryAfterSeconds).toBe(5);
  });

  test('calls that were under way when it opened do not lengthen the outage', () => {
    const { breaker, clock } = create();
    const permits = Array.from({ length: 10 }, () => take(breaker));
    for (const permit of permits) permit.settle('failed');
    clock.advance(1);
    expect(breaker.enter()).toBeDefined();
  });

  test('lets as many run after a failure as make up the five', () => {
    const { breaker } = create();
    fail(breaker, 3);
    take(breaker);
    take(breaker);
    expect(breaker.enter()).toBeInstanceOf(Promise);
  });

  test('a bounded number waits, in the order of its coming', async () => {
    const { breaker } = create(1, 2);
    const first = take(breaker);
    const waiting = [breaker.enter(), breaker.enter()] as Promise<Permit>[];
    expect(breaker.enter()).toBeUndefined();
    const order: number[] = [];
    for (const [index, permit] of waiting.entries()) void permit.then(() => order.push(index));
    first.settle('succeeded');
    (await waiting[0])?.settle('succeeded');
    (await waiting[1])?.settle('succeeded');
    expect(order).toEqual([0, 1]);
  });

  test('nobody waits behind calls that have not moved for a second', () => {
    const { breaker, clock } = create(1);
    take(breaker);
    clock.advance(1);
    expect(breaker.enter()).toBeInstanceOf(Promise);
    clock.advance(0.001);
    expect(breaker.enter()).toBeUndefined();
    expect(breaker.retryAfterSeconds).toBe(1);
  });

  test('nobody waits for longer than a call may take, however slowly the calls before come back', async () => {
    const { breaker, clock } = create(1, 100);
    let current = take(breaker);
    const early = breaker.enter() as Promise<Permit | undefined>;
    const late = Array.from({ length: 9 }, () => breaker.enter() as Promise<Permit | undefined>);
    clock.advance(9);
    current.settle('succeeded');
    current = (await early)!;
    clock.advance(1.001);
    current.settle('succeeded');
    expect(await Promise.all(late)).toEqual(Array(9).fill(undefined));
    expect(take(breaker)).toBeDefined();
  });

  test('a call that is never settled gives its place back in the end', () => {
    const { breaker, clock } = create(1, 0);
    const lost = take(breaker);
    clock.advance(10);
    expect(breaker.enter()).toBeUndefined();
    clock.advance(0.001);
    const next = take(breaker);
    lost.settle('failed');
    expect(breaker.enter()).toBeUndefined();
    next.settle('succeeded');
    expect(breaker.enter()).toBeDefined();
  });

  test('opened by calls of another kind, it tries one at once, and the others wait for what becomes of it', async () => {
    const { breaker } = create();
    for (let count = 0; count < 5; count++) breaker.failElsewhere();
    const trial = take(breaker);
    const other = breaker.enter();
    expect(other).toBeInstanceOf(Promise);
    trial.settle('succeeded');
    (await other)?.settle('succeeded');
    expect(breaker.enter()).not.toBeInstanceOf(Promise);
  });

  test('when that one fails as well, everybody is refused, those that wait included', async () => {
    const { breaker } = create();
    for (let count = 0; count < 5; count++) breaker.failElsewhere();
    const trial = take(breaker);
    const other = breaker.enter();
    trial.settle('failed');
    expect(await other).toBeUndefined();
    expect(breaker.enter()).toBeUndefined();
  });

  test('what calls of another kind say is forgotten when one of these succeeds, unless it failed here too', () => {
    const { breaker } = create();
    for (let count = 0; count < 4; count++) breaker.failElsewhere();
    breaker.succeedElsewhere();
    fail(breaker, 4);
    breaker.succeedElsewhere();
    fail(breaker, 1);
    expect(breaker.enter()).toBeUndefined();
  });

  test('an undecided call counts nothing, but a trial that is undecided puts off the next', () => {
    const { breaker, clock } = create();
    for (let count = 0; count < 50; count++) take(breaker).settle('undecided');
    fail(breaker, 5);
    clock.advance(1);
    take(breaker).settle('undecided');
    expect(breaker.enter()).toBeUndefined();
    clock.advance(2);
    take(breaker).settle('succeeded');
    expect(breaker.enter()).toBeDefined();
  });

  test('while it is held nobody is let in, and after that those who waited come first', async () => {
    const { breaker } = create(1);
    take(breaker).settle('undecided');
    breaker.hold();
    const waiting = breaker.enter();
    expect(waiting).toBeInstanceOf(Promise);
    breaker.release();
    const permit = await waiting;
    expect(permit).toBeDefined();
    expect(breaker.enter()).toBeInstanceOf(Promise);
  });

  test('settling twice counts once', () => {
    const { breaker } = create();
    const permit = take(breaker);
    for (let count = 0; count < 10; count++) permit.settle('failed');
    expect(breaker.enter()).toBeDefined();
  });
});

describe('in-flight questions about one token', () => {
  test('are one call, with one answer for all', async () => {
    const { ask, endpoint } = await introspecting();
    const decisions = await Promise.all(Array.from({ length: 50 }, () => ask(opaque)));
    expect(decisions.map(statusOf)).toEqual(Array(50).fill(200));
    expect(endpoint.calls).toHaveLength(1);
    const [first, second] = decisions;
    if (first?.kind !== 'allow' || second?.kind !== 'allow') throw new Error('refused');
    expect(first.auth).not.toBe(second.auth);
  });

  test('are one call each on Workers, where a request must not wait for another', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' });
    try {
      const { ask, endpoint, good } = await introspecting({ introspection: { maxConcurrentCalls: 4 } });
      endpoint.reply = () => new Promise((resolve) => setTimeout(() => resolve(Response.json(good())), 20));
      const decisions = await Promise.all([ask(opaque), ask(opaque), ask(opaque)]);
      expect(decisions.map(statusOf).sort()).toEqual([200, 200, 503]);
      expect(endpoint.calls).toHaveLength(2);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test('[RFC7662-4-02] nothing is kept after that: revoked at once is refused at once', async () => {
    const { ask, endpoint } = await introspecting();
    expect(statusOf(await ask(opaque))).toBe(200);
    endpoint.answers.delete(opaque);
    expect(statusOf(await ask(opaque))).toBe(401);
    expect(endpoint.calls).toHaveLength(2);
  });
});
