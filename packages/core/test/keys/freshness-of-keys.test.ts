import { describe, expect, test } from 'vitest';
import { remoteKeys } from '../support/remote-keys.js';

describe('HTTP caching is honoured within bounds', () => {
  const cases: readonly (readonly [cacheControl: string, seconds: number])[] = [
    ['', 600],
    ['max-age=86400', 600],
    ['max-age=120', 120],
    ['public, max-age=120, must-revalidate', 120],
    ['max-age=5', 30],
    ['max-age=0', 30],
    ['no-store', 30],
    ['no-cache', 30],
    ['private, no-cache="x", max-age=500', 30],
    ['s-maxage=60', 600],
  ];

  test.each(cases)('[RFC8414-CACHE-01] %j keeps the set fresh for %i s', async (cacheControl, seconds) => {
    const { clock, issuer, ask } = await remoteKeys();
    issuer.keySetHeaders = { 'cache-control': cacheControl };
    await ask(issuer.key);
    const former = issuer.key;
    await issuer.rotate();
    clock.advance(seconds - 0.001);
    expect(await ask(former)).toBe('found');
    // past the refresh that this request started in the background
    await new Promise((resolve) => setImmediate(resolve));
    expect(await ask(former)).toBe('unknown');
  });

  test('[RFC8414-CACHE-01] Age counts', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    issuer.keySetHeaders = { 'cache-control': 'max-age=300', age: '200' };
    const former = issuer.key;
    await ask(former);
    await issuer.rotate();
    clock.advance(100);
    expect(await ask(former)).toBe('unknown');
  });

  test('[RFC8414-CACHE-01] a configured maximum shortens everything', async () => {
    const { clock, issuer, ask } = await remoteKeys({ maxAgeMs: 10_000 });
    const former = issuer.key;
    await ask(former);
    await issuer.rotate();
    clock.advance(10);
    expect(await ask(former)).toBe('unknown');
  });
});

describe('a clock that is set back', () => {
  test('does not keep a withdrawn key alive for as long as the step', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    const former = issuer.key;
    await ask(former);
    await issuer.rotate();
    clock.advance(-86_400);
    expect(await ask(former)).toBe('unknown');
    expect(await ask(issuer.key)).toBe('found');
  });

  test('does not let known keys fail while the endpoint does', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    issuer.down = true;
    clock.advance(-86_400);
    expect(await ask(issuer.key)).toBe('found');
  });

  test('[RFC9068-4-07] after a failed fetch does not keep a withdrawn key alive for as long as the step', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    const former = issuer.key;
    await ask(former);
    issuer.down = true;
    clock.advance(460);
    await ask(former);
    await new Promise((resolve) => setImmediate(resolve));
    issuer.down = false;
    await issuer.rotate();
    clock.advance(-86_400);
    await ask(former);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await ask(former)).toBe('unknown');
  });

  test('[RFC9068-4-07] during an outage does not make the stale period longer than it is, counted from the step', async () => {
    const { clock, issuer, ask } = await remoteKeys({ staleMs: 60_000 });
    await ask(issuer.key);
    issuer.down = true;
    clock.advance(-86_400);
    expect(await ask(issuer.key)).toBe('found');
    clock.advance(59);
    expect(await ask(issuer.key)).toBe('found');
    clock.advance(1);
    expect(await ask(issuer.key)).toBe('unavailable');
  });
});

describe('a set in use is refreshed ahead of time', () => {
  test('in the background, once, while requests go on at once', async () => {
    const { clock, issuer, source, ask } = await remoteKeys();
    await ask(issuer.key);
    clock.advance(449);
    await ask(issuer.key);
    expect(issuer.keySetRequests).toBe(1);
    clock.advance(1);
    const query = { kid: issuer.key.kid, alg: 'ES256' };
    for (let request = 0; request < 100; request++) {
      expect(source.lookup(query)).toMatchObject({ kind: 'found' });
    }
    expect(issuer.keySetRequests).toBe(2);
  });

  test('so that nobody waits when the set would be over-age', async () => {
    const { clock, issuer, source, ask } = await remoteKeys();
    await ask(issuer.key);
    clock.advance(500);
    await ask(issuer.key);
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(400);
    expect(source.lookup({ kid: issuer.key.kid, alg: 'ES256' })).toMatchObject({ kind: 'found' });
  });

  test('a set that nobody uses is not refreshed', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    clock.advance(100_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(issuer.keySetRequests).toBe(1);
  });

  test('what holds() sees refreshes it too: a cached verdict keeps the keys young', async () => {
    const { clock, issuer, source, lookup } = await remoteKeys();
    const found = await lookup(issuer.key);
    if (found.kind !== 'found' || found.keys[0] === undefined) throw new Error('not found');
    clock.advance(500);
    expect(source.holds(found.keys[0])).toBe(true);
    expect(issuer.keySetRequests).toBe(2);
    clock.advance(10_000);
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(10_000);
    expect(source.holds(found.keys[0])).toBe(false);
  });
});

describe('one fetch serves all', () => {
  test('[RFC8414-CACHE-01] 1,000 requests at once on a cold source', async () => {
    const { issuer, ask } = await remoteKeys();
    const answers = await Promise.all(Array.from({ length: 1000 }, () => ask(issuer.key)));
    expect(new Set(answers)).toEqual(new Set(['found']));
    expect(issuer.keySetRequests).toBe(1);
  });
});
