import { describe, expect, test, vi } from 'vitest';
import { EventSink } from '../../src/events/event-sink.js';
import type { MCPAuthEvent } from '../../src/index.js';
import { type StoreCommand, StoreGuard, StoreUnavailableError } from '../../src/stores/store-guard.js';
import { createClock } from '../support/clock.js';

function setUp(timeoutMs = 20) {
  const clock = createClock();
  const events: MCPAuthEvent[] = [];
  const sink = new EventSink({ onEvent: (event) => events.push(event) }, clock.now);
  const guard = new StoreGuard({
    store: 'claims',
    whenUnavailable: 'refuse',
    timeoutMs,
    now: clock.now,
    events: sink,
  });
  let asked = 0;
  const ask = (answer: () => unknown, kind: StoreCommand = 'claim') =>
    guard.run(
      kind,
      () => {
        asked++;
        return answer();
      },
      (value) => value,
    );
  const fail = (kind?: StoreCommand) =>
    ask(() => Promise.reject(new Error('ECONNREFUSED')), kind).catch((error: unknown) => error);
  const phases = () => events.flatMap((event) => (event.type === 'store' ? [event.phase] : []));
  return { clock, events, sink, ask, fail, phases, asked: () => asked };
}

describe('a command to a store', () => {
  test.each<readonly [string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('down');
      },
    ],
    ['rejects', () => Promise.reject(new Error('down'))],
    // A client may reject with anything
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    ['rejects with nothing', () => Promise.reject(undefined)],
    ['never answers', () => new Promise(() => undefined)],
  ])('that %s is an error of the store', async (_how, answer) => {
    const { ask, events } = setUp();
    await expect(ask(answer)).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(events).toMatchObject([{ type: 'store', store: 'claims', phase: 'begin', level: 'error' }]);
  });

  test('that is answered in time is an answer, now or later', async () => {
    const { ask, events } = setUp();
    expect(await ask(() => 'now')).toBe('now');
    expect(await ask(() => Promise.resolve('later'))).toBe('later');
    expect(events).toEqual([]);
  });

  test('whose answer came while the process was busy is answered', async () => {
    const { ask } = setUp(5);
    const busy = () =>
      new Promise((resolve) => {
        setTimeout(() => {
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
          setImmediate(() => resolve('read late'));
        }, 1);
      });
    expect(await ask(busy)).toBe('read late');
  });

  test('that is late may reject later, and nobody is hurt', async () => {
    const { ask } = setUp(5);
    let reject: (error: Error) => void = () => undefined;
    await expect(ask(() => new Promise((_resolve, no) => (reject = no)))).rejects.toThrow();
    reject(new Error('late'));
    await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('an outage', () => {
  test('is told once when it begins and once when it ends', async () => {
    const { ask, fail, events, clock } = setUp();
    for (let count = 0; count < 10; count++) await fail();
    clock.advance(30);
    expect(await ask(() => 1)).toBe(1);
    clock.advance(1);
    expect(await ask(() => 2)).toBe(2);
    expect(await ask(() => 3)).toBe(3);
    expect(events).toMatchObject([
      { phase: 'begin', whenUnavailable: 'refuse', reason: 'ECONNREFUSED' },
      { phase: 'end', durationMs: 30_000, level: 'info' },
    ]);
  });

  test('ends a second after the last failure, though nobody asks the store any more', async () => {
    const { ask, fail, phases } = setUp();
    await fail();
    await ask(() => 1);
    expect(phases()).toEqual(['begin']);
    await vi.waitUntil(() => phases().length === 2, { timeout: 20_000 });
    expect(phases()).toEqual(['begin', 'end']);
  });

  test('of a store that answers now and then is one outage', async () => {
    const { ask, fail, phases, clock } = setUp();
    for (let count = 0; count < 20; count++) {
      await fail();
      clock.advance(0.6);
      await ask(() => 1);
      clock.advance(0.6);
    }
    expect(phases()).toEqual(['begin']);
  });

  test('of a store that is full is one outage, however often it is read', async () => {
    const { ask, fail, phases, clock } = setUp();
    for (let count = 0; count < 20; count++) {
      await fail('set');
      clock.advance(2);
      await ask(() => null, 'get');
      await ask(() => 1, 'delete');
      clock.advance(2);
      await ask(() => null, 'get');
    }
    expect(phases()).toEqual(['begin']);
    await ask(() => 'OK', 'set');
    clock.advance(1);
    await ask(() => null, 'get');
    expect(phases()).toEqual(['begin', 'end']);
  });

  test('of a store that is full keeps nobody from reading it', async () => {
    const { ask, fail } = setUp();
    for (let count = 0; count < 10; count++) await fail('set');
    expect(await ask(() => 'kept', 'get')).toBe('kept');
  });

  test('of what is not asked for any more is over after a minute', async () => {
    const { ask, fail, phases, clock } = setUp();
    await fail('set');
    for (const seconds of [30, 29, 2, 1]) {
      clock.advance(seconds);
      await ask(() => null, 'get');
    }
    expect(phases()).toEqual(['begin', 'end']);
  });

  test('of the whole store is over with the first command of those that failed', async () => {
    const { ask, fail, phases, clock } = setUp();
    for (let count = 0; count < 5; count++) await Promise.all([fail('get'), fail('set')]);
    clock.advance(2);
    await ask(() => null, 'get');
    clock.advance(1);
    await ask(() => null, 'get');
    expect(phases()).toEqual(['begin', 'end']);
    expect(await ask(() => 'OK', 'set')).toBe('OK');
  });

  test('is not asked about by every request: after three failures one tries, and the others do not wait', async () => {
    const { fail, ask, asked, clock } = setUp();
    for (let count = 0; count < 8; count++) await fail();
    expect(asked()).toBe(3);
    clock.advance(1);
    const all = await Promise.allSettled([1, 2, 3].map((value) => ask(() => Promise.resolve(value))));
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(asked()).toBe(4);
  });

  test('that goes on is tried again after a second at most, even where the clock was set back', async () => {
    const { fail, asked, clock } = setUp();
    for (let count = 0; count < 3; count++) await fail();
    for (const seconds of [1, 1, 1, 1, 1]) {
      clock.advance(seconds);
      await fail();
    }
    expect(asked()).toBe(8);
    clock.advance(-3600);
    await fail();
    expect(asked()).toBe(9);
  });

  test('holds no secret of a URL', async () => {
    const { ask, events } = setUp();
    await ask(() => Promise.reject(new Error('no redis://user:hunter2@redis.example.com:6379'))).catch(
      () => 0,
    );
    expect(JSON.stringify(events)).not.toContain('hunter2');
  });

  test('is nobody’s fault once all is closed', async () => {
    const { fail, sink, events } = setUp();
    sink.close();
    await fail();
    expect(events).toEqual([]);
  });
});
