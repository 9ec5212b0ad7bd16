import { describe, expect, test } from 'vitest';
import { protect, refused, retryAfterOf, statusOf } from '../support/protect.js';
import { tally } from '../support/remote-keys.js';
import { createKey } from '../support/keys.js';

describe('whole requests against a provider that changes, breaks and comes back', () => {
  test('[RFC8414-CACHE-01] 1,000 concurrent first requests: one discovery and one key-set fetch', async () => {
    const { issuer, ask } = await protect();
    const token = await issuer.sign();
    const statuses = await Promise.all(Array.from({ length: 1000 }, async () => statusOf(await ask(token))));
    expect(tally(statuses.map(String))).toEqual({ 200: 1000 });
    expect([issuer.metadataRequests, issuer.keySetRequests]).toEqual([1, 1]);
  });

  test('[RFC9068-4-07] rotation two seconds after a fetch: none of 200 requests fails, with at most two fetches', async () => {
    const { clock, issuer, ask } = await protect();
    expect(statusOf(await ask(await issuer.sign()))).toBe(200);
    clock.advance(2);
    await issuer.rotate();
    const before = issuer.keySetRequests;
    const token = await issuer.sign();
    const statuses = await Promise.all(Array.from({ length: 200 }, async () => statusOf(await ask(token))));
    expect(tally(statuses.map(String))).toEqual({ 200: 200 });
    expect(issuer.keySetRequests - before).toBeLessThanOrEqual(2);
  });

  test('[RFC9068-4-07] rotation under the same key identifier, and without any', async () => {
    for (const kid of ['default', null]) {
      const { clock, issuer, ask } = await protect();
      issuer.keys = [await createKey({ kid })];
      expect(statusOf(await ask(await issuer.sign()))).toBe(200);
      clock.advance(2);
      issuer.keys = [await createKey({ kid })];
      const token = await issuer.sign();
      const statuses = await Promise.all(Array.from({ length: 50 }, async () => statusOf(await ask(token))));
      expect(tally(statuses.map(String))).toEqual({ 200: 50 });
      expect(issuer.keySetRequests).toBeLessThanOrEqual(3);
    }
  });

  test('[RFC9068-4-07] an unknown-key flood of 2,000 requests: one fetch, one in five seconds for ten minutes, valid tokens unharmed', async () => {
    const { clock, issuer, ask } = await protect();
    const valid = await issuer.sign({ exp: clock.seconds() + 3600 });
    await ask(valid);
    clock.advance(5);
    const forged = await Promise.all(
      Array.from({ length: 20 }, (_, index) => issuer.sign({}, { kid: `forged-${index}` })),
    );
    const before = issuer.keySetRequests;
    const burst = await Promise.all(
      Array.from({ length: 2000 }, async (_, index) => statusOf(await ask(forged[index % 20] ?? ''))),
    );
    // whoever came after the fetch began may have a key that it did not see
    expect(tally(burst.map(String))).toEqual({ 401: 1, 503: 1999 });
    expect(issuer.keySetRequests - before).toBe(1);
    for (let seconds = 5; seconds <= 600; seconds += 5) {
      clock.advance(5);
      expect(statusOf(await ask(valid))).toBe(200);
      const statuses = new Set<number>();
      for (const token of forged) statuses.add(statusOf(await ask(token)));
      // once the set is newer than they are, that settles it
      expect([...statuses]).toEqual(seconds > 60 ? [401] : [401, 503]);
    }
    expect(issuer.keySetRequests - before).toBeLessThanOrEqual(1 + 65 / 5 + 1);
  });

  test('[RFC7662-2.3-01] an outage: known keys verify for two hours beyond freshness, then 503, then recovery', async () => {
    const { clock, issuer, ask } = await protect();
    const token = await issuer.sign({ exp: clock.seconds() + 100_000 });
    await ask(token);
    issuer.down = true;
    for (let minutes = 0; minutes < 130; minutes++) {
      expect(statusOf(await ask(token))).toBe(200);
      clock.advance(60);
    }
    const refusal = refused(await ask(token));
    expect(refusal.status).toBe(503);
    expect(refusal.headers.map(([name]) => name)).not.toContain('WWW-Authenticate');
    issuer.down = false;
    clock.advance(retryAfterOf(refusal));
    expect(statusOf(await ask(token))).toBe(200);
  });

  test('[RFC9068-4-07] a withdrawn key fails at the next fresh fetch, and not because of a broken one', async () => {
    const { clock, issuer, ask } = await protect();
    const former = issuer.key;
    const token = await issuer.sign({ exp: clock.seconds() + 10_000 });
    await ask(token);
    issuer.overrides.set('/jwks', () => Response.json({ keys: [] }));
    clock.advance(700);
    expect(statusOf(await ask(token))).toBe(200);
    issuer.overrides.delete('/jwks');
    await issuer.rotate();
    clock.advance(30);
    await ask(token);
    await new Promise((resolve) => setImmediate(resolve));
    expect(statusOf(await ask(token))).toBe(401);
    issuer.keys.push(former);
    clock.advance(601);
    expect(statusOf(await ask(token))).toBe(200);
  });

  test('an unknown key while the provider is down: 503 at any age of the key set, and 401 where the token is older', async () => {
    const { clock, issuer, ask } = await protect();
    await ask(await issuer.sign());
    const older = await issuer.sign({ iat: clock.seconds() - 61 }, { kid: 'made-up' });
    issuer.down = true;
    await issuer.rotate();
    const token = await issuer.sign({ exp: clock.seconds() + 1000 });
    for (const seconds of [0, 30, 31]) {
      clock.advance(seconds);
      expect(statusOf(await ask(token))).toBe(503);
      expect(statusOf(await ask(older))).toBe(401);
    }
    const refusal = await ask(token);
    issuer.down = false;
    clock.advance(retryAfterOf(refusal));
    expect(statusOf(await ask(token))).toBe(200);
  });

  test('[RFC9068-4-07] a new key that tokens do not name, while forged ones come: 503, never 401, and 200 within five seconds', async () => {
    const { clock, issuer, ask } = await protect();
    issuer.keys = [await createKey({ kid: null })];
    await ask(await issuer.sign());
    const stranger = await createKey({ kid: null });
    for (let second = 0; second < 28; second++) {
      await ask(await issuer.sign({}, {}, stranger));
      clock.advance(1);
    }
    issuer.keys = [await createKey({ kid: null })];
    const token = await issuer.sign();
    const statuses: number[] = [];
    for (let second = 0; second <= 5; second++) {
      statuses.push(statusOf(await ask(token)));
      await ask(await issuer.sign({}, {}, stranger));
      clock.advance(1);
    }
    expect(new Set(statuses)).toEqual(new Set([503, 200]));
    expect(statuses.at(-1)).toBe(200);
  });
});
