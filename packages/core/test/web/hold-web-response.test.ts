import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LateRefusal } from '../../src/http/answer.js';
import { holdWebResponse } from '../../src/web/hold-web-response.js';
import { propertyRuns } from '../support/property.js';

/** A refusal that nobody raises. */
const none: LateRefusal = { raised: new Promise(() => undefined), isRaised: false, settle: () => undefined };

function eventStream(source: UnderlyingDefaultSource<Uint8Array<ArrayBuffer>>): Response {
  const body = new ReadableStream(source, { highWaterMark: 0 });
  return new Response(body, { status: 201, headers: { 'content-type': 'text/event-stream', 'x-own': '1' } });
}

describe('a response that nobody refuses', () => {
  test('arrives byte for byte, with its status and fields', async () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(chunks, async (parts) => {
        const queue = [...parts];
        const response = eventStream({
          pull: (controller) => {
            const next = queue.shift();
            if (next === undefined) controller.close();
            else controller.enqueue(new Uint8Array(next));
          },
        });
        const held = await holdWebResponse(response, none);
        expect([held.status, held.headers.get('x-own')]).toEqual([201, '1']);
        expect(Buffer.from(await held.arrayBuffer())).toEqual(Buffer.concat(parts));
      }),
      { numRuns: propertyRuns },
    );
  });

  test('is the same object where it is no stream', async () => {
    for (const response of [Response.json({}), new Response(null, { status: 202 }), new Response('text')]) {
      expect(await holdWebResponse(response, none)).toBe(response);
    }
  });

  test('is read no faster than its consumer reads', async () => {
    let pulled = 0;
    const response = eventStream({
      pull: (controller) => controller.enqueue(new Uint8Array([++pulled])),
    });
    const held = await holdWebResponse(response, none);
    await new Promise((resolve) => setImmediate(resolve));
    expect(pulled).toBe(1);
    const reader = held.body!.getReader();
    await reader.read();
    await reader.read();
    await new Promise((resolve) => setImmediate(resolve));
    expect(pulled).toBe(2);
    await reader.cancel();
  });

  test('is given up when its consumer goes away', async () => {
    const reasons: unknown[] = [];
    const response = eventStream({
      pull: (controller) => controller.enqueue(new Uint8Array([1])),
      cancel: (reason) => void reasons.push(reason),
    });
    const held = await holdWebResponse(response, none);
    await held.body!.cancel('gone');
    expect(reasons).toEqual(['gone']);
  });

  test('breaks off where it breaks off', async () => {
    const fault = new Error('in the middle');
    for (const before of [[], [new Uint8Array([1])]]) {
      const queue = [...before];
      const response = eventStream({
        pull: (controller) => {
          const next = queue.shift();
          if (next === undefined) controller.error(fault);
          else controller.enqueue(next);
        },
      });
      const held = await holdWebResponse(response, none);
      await expect(held.arrayBuffer()).rejects.toBe(fault);
    }
  });
});

test('a refusal keeps the fields that were set before, and none of the response it replaces', async () => {
  const answer = {
    status: 403,
    headers: [
      ['Vary', 'Origin'],
      ['Cache-Control', 'no-store'],
    ],
    body: '{}',
  } as const;
  const refusal: LateRefusal = { raised: Promise.resolve(), isRaised: true, settle: () => answer };
  const kept = new Headers([
    ['Vary', 'Accept'],
    ['Cache-Control', 'public'],
    ['X-Request-Id', '7'],
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
  ]);
  const response = Response.json({ secret: true }, { headers: { 'mcp-session-id': 's' } });
  const held = await holdWebResponse(response, refusal, kept);
  expect(held.status).toBe(403);
  expect([...held.headers]).toEqual([
    ['cache-control', 'no-store'],
    ['content-type', 'text/plain;charset=UTF-8'],
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2'],
    ['vary', 'Accept, Origin'],
    ['x-request-id', '7'],
  ]);
  expect(await held.text()).toBe('{}');
});
