import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { BodyBudget, BodyCollector, type BodyLimits } from '../../src/http/body-collector.js';
import { readNodeBody, type NodeBodyRequest } from '../../src/node/read-node-body.js';
import { readWebBody } from '../../src/web/read-web-body.js';
import { propertyRuns } from '../support/property.js';

const megabyte = 1024 * 1024;
const limitsOf = (changes: Partial<BodyLimits> = {}): BodyLimits => ({
  maxBytes: 4 * megabyte,
  timeoutMs: 1000,
  budget: new BodyBudget(64 * megabyte),
  anonymous: false,
  ...changes,
});
const headers = { 'content-type': 'application/json' };

/** A Node request that sends these chunks and then waits. */
function waitingNodeRequest(...chunks: readonly string[]) {
  const stream = new Readable({ read: () => undefined });
  for (const chunk of chunks) stream.push(Buffer.from(chunk));
  return Object.assign(stream, { headers });
}

function waitingWebRequest(...chunks: readonly string[]): Request {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
    },
  });
  return new Request('http://localhost/mcp', {
    method: 'POST',
    headers,
    body,
    duplex: 'half',
  } as RequestInit);
}

describe('many small chunks do not multiply memory', () => {
  test('of a body in single bytes nothing is kept but one buffer, and after 4,096 of them it is not wanted', () => {
    const collector = new BodyCollector(limitsOf());
    expect(collector.begin()).toBe(true);
    for (let index = 0; index < 4096; index++) expect(collector.add(new Uint8Array(1))).toBeUndefined();
    expect(collector.bytes().buffer.byteLength).toBeLessThanOrEqual(2 * 4096);
    expect(collector.add(new Uint8Array(1))).toBe('too-many-chunks');
  });

  test('chunks of sixteen bytes on average may be as many as they like', () => {
    const collector = new BodyCollector(limitsOf());
    collector.begin();
    for (let index = 0; index < 100_000; index++) expect(collector.add(new Uint8Array(16))).toBeUndefined();
    expect(collector.bytes()).toHaveLength(1_600_000);
  });

  test('whatever the chunks are, the body is what came, and the buffer at most twice of it', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 5000 }), { maxLength: 20 }), (chunks) => {
        const collector = new BodyCollector(limitsOf());
        collector.begin();
        for (const chunk of chunks) expect(collector.add(chunk)).toBeUndefined();
        expect(Buffer.compare(Buffer.from(collector.bytes()), Buffer.concat(chunks))).toBe(0);
        const size = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
        if (chunks.filter((chunk) => chunk.byteLength > 0).length > 1) {
          expect(collector.bytes().buffer.byteLength).toBeLessThanOrEqual(Math.max(2 * size, 4096));
        }
      }),
      { numRuns: propertyRuns },
    );
  });
});

describe('all bodies that are being read share one budget', () => {
  test.each([
    ['Node', (limits: BodyLimits) => readNodeBody(waitingNodeRequest('{"a":1}'), limits)],
    ['the web platform', (limits: BodyLimits) => readWebBody(waitingWebRequest('{"a":1}'), limits)],
  ])('beyond it nothing is read on %s', async (_platform, read) => {
    const budget = new BodyBudget(65_536);
    expect(budget.take(65_000, false)).toBe(true);
    expect(await read(limitsOf({ budget }))).toEqual({ kind: 'busy' });
    budget.give(65_000, false);
    expect(await read(limitsOf({ budget, timeoutMs: 5 }))).toEqual({ kind: 'too-slow' });
  });

  test('what a body took is given back however it ended', async () => {
    const budget = new BodyBudget(65_536);
    const limits = limitsOf({ budget, timeoutMs: 5, maxBytes: 10_000 });
    const ended = (text: string) => Object.assign(Readable.from([Buffer.from(text)]), { headers });
    const gone = waitingNodeRequest('{');
    setTimeout(() => gone.destroy(), 1);
    const kinds = [];
    for (const request of [
      ended('{}'),
      ended('{'),
      ended('x'.repeat(10_001)),
      waitingNodeRequest('{'),
      gone,
    ]) {
      kinds.push((await readNodeBody(request, limits)).kind);
    }
    expect(kinds).toEqual(['json', 'not-json', 'too-large', 'too-slow', 'aborted']);
    expect(budget.take(65_536, false)).toBe(true);
  });

  test('callers without a token have a quarter of it, so that they cannot crowd out the others', () => {
    const budget = new BodyBudget(64 * megabyte);
    expect(budget.take(16 * megabyte, true)).toBe(true);
    expect(budget.take(1, true)).toBe(false);
    expect(budget.take(48 * megabyte, false)).toBe(true);
    expect(budget.take(1, false)).toBe(false);
    budget.give(16 * megabyte, true);
    expect(budget.take(16 * megabyte, true)).toBe(true);
  });
});

describe('a body that never ends', () => {
  test.each([
    ['Node', () => readNodeBody(waitingNodeRequest('{"a":'), limitsOf({ timeoutMs: 30_000 }))],
    ['the web platform', () => readWebBody(waitingWebRequest('{"a":'), limitsOf({ timeoutMs: 30_000 }))],
  ])('is given up when its time is over on %s', async (_platform, read) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const outcome = Promise.resolve(read());
      let settled = false;
      void outcome.then(() => (settled = true));
      await vi.advanceTimersByTimeAsync(29_999);
      expect(settled).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(await outcome).toEqual({ kind: 'too-slow' });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('what cannot be read at all is a fault that its caller hears of, and takes no memory', () => {
  const lockedRequest = (): Request => {
    const request = waitingWebRequest('{}');
    request.body?.getReader();
    return request;
  };

  const withoutResume = () => {
    const request: NodeBodyRequest = waitingNodeRequest('{');
    Object.assign(request, { resume: undefined });
    return request;
  };

  test.each<[what: string, read: (limits: BodyLimits) => unknown]>([
    ['a request of Node without a stream', (limits) => readNodeBody({ headers } as never, limits)],
    [
      'a stream that lacks what takes listeners away',
      (limits) => readNodeBody({ headers, on: () => undefined, destroyed: true } as never, limits),
    ],
    ['a stream that cannot be emptied', (limits) => readNodeBody(withoutResume(), limits)],
    [
      'a request of the web platform that somebody else reads',
      (limits) => readWebBody(lockedRequest(), limits),
    ],
  ])('%s', async (_what, read) => {
    const thrown = vi.fn();
    process.on('uncaughtException', thrown);
    const budget = new BodyBudget(65_536);
    const outcome = Promise.resolve().then(() => read(limitsOf({ budget, timeoutMs: 5 })));
    await expect(outcome).rejects.toThrow(TypeError);
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('uncaughtException', thrown);
    expect(thrown).not.toHaveBeenCalled();
    expect(budget.take(65_536, false)).toBe(true);
  });
});
