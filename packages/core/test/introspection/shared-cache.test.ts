import { describe, expect, test } from 'vitest';
import { lastCode, statusOf } from '../support/protect.js';
import { introspecting, opaque, sealAnswer, storeSecret } from './support.js';

const at = Date.UTC(2026, 0, 1) / 1000;

/** What another process may have written under every key, of another release or with a mistake of its own. */
async function holding(claims: string) {
  const good = `"aud":"https://api.example.com/mcp","exp":${at + 60},"client_id":"x"`;
  const value = `{"v":1,"active":true,"signed":false,"at":${at},"claims":{${good},${claims}}}`;
  let reads = 0;
  const shared = {
    get: (name: string) => {
      reads++;
      return sealAnswer(name, value, { issuer: 'https://as.example.com' });
    },
    set: () => undefined,
    delete: () => undefined,
  };
  const all = await introspecting({
    introspection: { keepAnswers: { activeSeconds: 60 } },
    stores: { answers: shared, secrets: [storeSecret], timeoutMs: 1000 },
  });
  return { ...all, reads: () => reads };
}

const nested = (depth: number) => `"deep":${'['.repeat(depth)}${']'.repeat(depth)}`;

describe('[RFC7662-4-02] what another process wrote into a shared store', () => {
  test.each([1000, 3000, 10_000, 100_000])('nested %s deep is a miss, never an error', async (depth) => {
    const { ask, endpoint } = await holding(nested(depth));
    expect(statusOf(await ask(opaque))).toBe(200);
    expect(statusOf(await ask('bad'))).toBe(401);
    expect(endpoint.calls).toHaveLength(2);
  });

  test('larger than any answer is a miss, and is not read', async () => {
    const { ask, endpoint } = await holding(`"pad":"${'x'.repeat(1024 * 1024)}"`);
    expect(statusOf(await ask('bad'))).toBe(401);
    expect(endpoint.calls).toHaveLength(1);
  });

  test('of the form and size of an answer is one', async () => {
    const { ask, endpoint, reads } = await holding(`"pad":"${'x'.repeat(60 * 1024)}",${nested(50)}`);
    expect(statusOf(await ask(opaque))).toBe(200);
    expect(statusOf(await ask(opaque))).toBe(200);
    expect([endpoint.calls.length, reads()]).toEqual([0, 1]);
  });
});

describe('[RFC7662-2.2-02] an answer that is nested deeply', () => {
  test.each([
    [1000, undefined],
    [3000, undefined],
    [3000, { activeSeconds: 60 }],
    [10_000, { activeSeconds: 60 }],
    [30_000, { activeSeconds: 60 }],
  ])('%s levels are a fault of the server, with or without a cache', async (depth, cache) => {
    const { ask, endpoint, good, events } = await introspecting({ introspection: { keepAnswers: cache } });
    const text = JSON.stringify(good()).replace('{', `{${nested(depth)},`);
    endpoint.reply = () => new Response(text, { headers: { 'content-type': 'application/json' } });
    expect(statusOf(await ask(opaque))).toBe(503);
    expect(lastCode(events)).toBe('authorization_server_unavailable');
    const fault = events.find((event) => event.type === 'fault');
    expect(fault?.error.code).toBe('invalid_introspection_response');
  });

  test('as deep as claims of providers are, it is read', async () => {
    const { ask, endpoint, good } = await introspecting();
    const text = JSON.stringify(good()).replace('{', `{${nested(50)},`);
    endpoint.reply = () => new Response(text, { headers: { 'content-type': 'application/json' } });
    expect(statusOf(await ask(opaque))).toBe(200);
  });
});
