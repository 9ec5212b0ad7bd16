import { describe, expect, test } from 'vitest';
import type { FoundKeys, KeyQuery, KeySource } from '../../src/keys/key-source.js';
import { createKey } from '../support/keys.js';
import { remoteKeys, tally } from '../support/remote-keys.js';

describe('[RFC9068-4-07] a rotated key is picked up at once', () => {
  test('two seconds after a fetch: none of 200 requests fails, with at most two fetches', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    const former = issuer.key;
    expect(await ask(former)).toBe('found');
    clock.advance(2);
    const key = await issuer.rotate();
    issuer.keys.push(former);
    const before = issuer.keySetRequests;
    const concurrent = await Promise.all(Array.from({ length: 100 }, () => ask(key)));
    for (let request = 0; request < 100; request++) concurrent.push(await ask(key));
    expect(tally(concurrent)).toEqual({ found: 200 });
    expect(issuer.keySetRequests - before).toBeLessThanOrEqual(2);
  });

  test('twice within seconds: the second time after five seconds, and nobody is told that it is unknown', async () => {
    const { clock, issuer, ask, lookup } = await remoteKeys();
    await ask(issuer.key);
    clock.advance(1);
    expect(await ask(await issuer.rotate())).toBe('found');
    clock.advance(1);
    const key = await issuer.rotate();
    expect(await lookup(key)).toMatchObject({ kind: 'unavailable', retryAfterSeconds: 4 });
    clock.advance(3.999);
    expect(await ask(key)).toBe('unavailable');
    clock.advance(0.001);
    expect(await ask(key)).toBe('found');
    expect(issuer.keySetRequests).toBe(3);
  });

  test('while a fetch that began before the rotation is still under way', async () => {
    const { issuer, ask } = await remoteKeys();
    const former = issuer.key;
    let answer: (response: Response) => void = () => undefined;
    issuer.overrides.set('/jwks', () => new Promise((resolve) => (answer = resolve)));
    const first = ask(former);
    await Promise.resolve();
    await Promise.resolve();
    issuer.overrides.delete('/jwks');
    const key = await issuer.rotate();
    const late = ask(key);
    answer(Response.json({ keys: [former.publicJwk] }));
    expect(await Promise.all([first, late])).toEqual(['found', 'found']);
    expect(issuer.keySetRequests).toBe(2);
  });

  test('a fetch under way that brings the key is enough', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    const former = issuer.key;
    const key = await issuer.rotate();
    issuer.keys.push(former);
    clock.advance(500);
    const refreshed = ask(former);
    const joined = ask(key);
    expect(await Promise.all([refreshed, joined])).toEqual(['found', 'found']);
    expect(issuer.keySetRequests).toBe(2);
  });

  test('tokens of the former key go on while both are published', async () => {
    const { issuer, ask } = await remoteKeys();
    const former = issuer.key;
    await ask(former);
    const key = await issuer.rotate();
    issuer.keys.push(former);
    expect([await ask(key), await ask(former)]).toEqual(['found', 'found']);
  });
});

test('no key is held before there is one', async () => {
  const { source } = await remoteKeys();
  expect(source.holds({ kty: 'EC' })).toBe(false);
});

describe('a withdrawn key', () => {
  test('[RFC9068-4-07] fails at the next fresh fetch, whatever caused the fetch', async () => {
    const { issuer, ask, source } = await remoteKeys();
    const former = issuer.key;
    const lookup = await source.lookup({ kid: former.kid, alg: 'ES256' });
    if (lookup.kind !== 'found' || lookup.keys[0] === undefined) throw new Error('not found');
    expect(source.holds(lookup.keys[0])).toBe(true);
    const key = await issuer.rotate();
    await ask(key);
    expect(await ask(former)).toBe('unknown');
    expect(source.holds(lookup.keys[0])).toBe(false);
  });

  test('[RFC9068-4-07] fails when the set is over-age at the latest', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    const former = issuer.key;
    await ask(former);
    await issuer.rotate();
    clock.advance(601);
    expect(await ask(former)).toBe('unknown');
  });

  test('that is replaced under the same identifier no longer counts as held', async () => {
    const { clock, issuer, source, lookup } = await remoteKeys();
    const found = await lookup(issuer.key);
    if (found.kind !== 'found' || found.keys[0] === undefined) throw new Error('not found');
    const { kid } = issuer.key;
    const key = await issuer.rotate();
    issuer.keys = [{ ...key, publicJwk: { ...key.publicJwk, kid: kid ?? '' } }];
    clock.advance(601);
    await lookup(kid ?? '');
    expect(source.holds(found.keys[0])).toBe(false);
  });

  test('an unchanged key keeps its identity over a refetch, so that earlier verdicts stay valid', async () => {
    const { clock, issuer, source, lookup } = await remoteKeys();
    const found = await lookup(issuer.key);
    if (found.kind !== 'found' || found.keys[0] === undefined) throw new Error('not found');
    clock.advance(601);
    await lookup(issuer.key);
    expect(issuer.keySetRequests).toBe(2);
    expect(source.holds(found.keys[0])).toBe(true);
  });
});

describe('a key that changes without a new identifier is found within the budget', () => {
  test('[RFC9068-4-07] lookupAgain asks the endpoint and names only keys that were not tried', async () => {
    const { clock, issuer, source } = await remoteKeys();
    const query = { kid: issuer.key.kid, alg: 'ES256' };
    const lookup = await source.lookup(query);
    if (lookup.kind !== 'found') throw new Error('not found');
    expect(await source.lookupAgain(query, lookup.keys)).toEqual([]);
    const key = await issuer.rotate();
    issuer.keys = [{ ...key, publicJwk: { ...key.publicJwk, kid: query.kid ?? '' } }];
    expect(await source.lookupAgain(query, lookup.keys)).toEqual([]);
    clock.advance(5);
    expect(await source.lookupAgain(query, lookup.keys)).toHaveLength(1);
    expect(issuer.keySetRequests).toBe(3);
  });

  test('[RFC9068-4-07] a set that was fetched for this very token is new enough', async () => {
    const { issuer, source } = await remoteKeys();
    const query = { kid: issuer.key.kid, alg: 'ES256' };
    const { keys, since } = await foundBy(source, query);
    expect(await source.lookupAgain(query, keys, since)).toEqual([]);
    expect(issuer.keySetRequests).toBe(1);
  });

  test('[RFC9068-4-07] a fetch that is under way is enough where it brings the key', async () => {
    const { clock, issuer, source } = await remoteKeys();
    const query = { kid: issuer.key.kid, alg: 'ES256' };
    const lookup = await source.lookup(query);
    if (lookup.kind !== 'found') throw new Error('not found');
    const key = await createKey({ kid: query.kid ?? '' });
    issuer.keys = [key];
    clock.advance(500);
    expect(source.lookup(query)).toMatchObject({ kind: 'found' });
    expect(await source.lookupAgain(query, lookup.keys)).toMatchObject([{ x: key.publicJwk.x }]);
    expect(issuer.keySetRequests).toBe(2);
  });

  test('[RFC9068-4-07] and where it began before the key was changed, another one follows', async () => {
    const { clock, issuer, source } = await remoteKeys();
    const former = issuer.key;
    const query = { kid: former.kid, alg: 'ES256' };
    const lookup = await source.lookup(query);
    if (lookup.kind !== 'found') throw new Error('not found');
    let answer: (response: Response) => void = () => undefined;
    issuer.overrides.set('/jwks', () => new Promise((resolve) => (answer = resolve)));
    clock.advance(500);
    expect(source.lookup(query)).toMatchObject({ kind: 'found' });
    await new Promise((resolve) => setImmediate(resolve));
    issuer.overrides.delete('/jwks');
    const key = await createKey({ kid: query.kid ?? '' });
    issuer.keys = [key];
    const again = source.lookupAgain(query, lookup.keys);
    answer(Response.json({ keys: [former.publicJwk] }));
    expect(await again).toMatchObject([{ x: key.publicJwk.x }]);
    expect(issuer.keySetRequests).toBe(3);
  });

  test('[RFC9068-4-07] forged tokens cannot make it ask more often than that', async () => {
    const { issuer, source } = await remoteKeys();
    const query = { kid: issuer.key.kid, alg: 'ES256' };
    const lookup = await source.lookup(query);
    if (lookup.kind !== 'found') throw new Error('not found');
    for (let forged = 0; forged < 500; forged++) await source.lookupAgain(query, lookup.keys);
    expect(issuer.keySetRequests).toBe(2);
  });
});

async function foundBy(source: KeySource, query: KeyQuery): Promise<FoundKeys> {
  const lookup = await source.lookup(query);
  if (lookup.kind !== 'found') throw new Error(lookup.kind);
  return lookup;
}

describe('a token that names no key', () => {
  /** What the verifier does with one that none of the known keys verified. */
  async function judge(source: KeySource, iat?: number): Promise<'denied' | number> {
    const query = { kid: undefined, alg: 'ES256', iat };
    const { keys, since } = await foundBy(source, query);
    const others = await source.lookupAgain(query, keys, since);
    expect(others).toEqual([]);
    return (await source.findDoubt(query, since))?.retryAfterSeconds ?? 'denied';
  }

  test('is denied by a set that was fetched after it came', async () => {
    const { clock, issuer, source } = await remoteKeys();
    expect(await judge(source)).toBe('denied');
    expect(issuer.keySetRequests).toBe(1);
    clock.advance(1);
    expect(await judge(source)).toBe('denied');
    expect(issuer.keySetRequests).toBe(2);
  });

  test('[RFC9068-4-07] is not denied while its key may be one that no fetch has seen', async () => {
    const { clock, issuer, source, ask } = await remoteKeys();
    await ask(issuer.key);
    await ask('made-up');
    clock.advance(1);
    expect(await judge(source, clock.seconds())).toBe(4);
    clock.advance(4);
    expect(await judge(source, clock.seconds())).toBe('denied');
    expect(issuer.keySetRequests).toBe(3);
  });

  test('that is older than the set is denied without a fetch', async () => {
    const { clock, issuer, source, ask } = await remoteKeys();
    await ask(issuer.key);
    expect(await judge(source, clock.seconds() - 61)).toBe('denied');
    expect(issuer.keySetRequests).toBe(1);
  });

  test('[RFC7662-2.3-01] is not denied while the endpoint fails', async () => {
    const { clock, issuer, source, ask } = await remoteKeys();
    await ask(issuer.key);
    issuer.down = true;
    expect(await judge(source, clock.seconds())).toBe(1);
    expect(await judge(source, clock.seconds() - 61)).toBe('denied');
  });
});

describe('a key that was withdrawn in an emergency', () => {
  test('[RFC9068-4-07] is denied at once and costs no fetch, whatever its token claims, also while the endpoint fails', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    const former = issuer.key;
    await ask(former);
    await ask(await issuer.rotate());
    const before = issuer.keySetRequests;
    for (const iat of [undefined, 0, clock.seconds(), clock.seconds() + 86_400, Number.NaN]) {
      expect(await ask(former, iat)).toBe('unknown');
    }
    clock.advance(6);
    expect(await ask(former, clock.seconds())).toBe('unknown');
    issuer.down = true;
    expect(await ask('made-up')).toBe('unavailable');
    expect(await ask(former, clock.seconds())).toBe('unknown');
    expect(issuer.keySetRequests - before).toBe(1);
  });

  test('verifies again once the issuer publishes it again', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    const former = issuer.key;
    await ask(former);
    await issuer.rotate();
    clock.advance(601);
    expect(await ask(former)).toBe('unknown');
    issuer.keys.push(former);
    clock.advance(601);
    expect(await ask(former)).toBe('found');
    expect(await ask(issuer.key)).toBe('found');
  });
});

describe('a token that is older than the key set', () => {
  test('[RFC9068-4-07] is denied without a fetch: its key would be there', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    const fetchedAt = clock.seconds();
    await ask('made-up');
    expect(await ask('older', fetchedAt - 61)).toBe('unknown');
    expect(await ask('not-older', fetchedAt - 60)).toBe('unavailable');
    issuer.down = true;
    clock.advance(5);
    expect(await ask('down', clock.seconds())).toBe('unavailable');
    expect(await ask('down-and-older', fetchedAt - 61)).toBe('unknown');
  });

  test.each([undefined, Number.NaN, Infinity, -Infinity])(
    'an iat of %s says nothing about that',
    async (iat) => {
      const { issuer, ask } = await remoteKeys();
      await ask(issuer.key);
      await ask('made-up');
      expect(await ask('another', iat)).toBe('unavailable');
    },
  );

  test('a set that a cache had kept is as old as the cache says', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    issuer.keySetHeaders = { age: '100' };
    await ask(issuer.key);
    await ask('made-up');
    expect(await ask('newer', clock.seconds() - 160)).toBe('unavailable');
    expect(await ask('older', clock.seconds() - 161)).toBe('unknown');
  });

  test('known keys beyond the stale period are not denied by it', async () => {
    const { clock, issuer, ask } = await remoteKeys({ staleMs: 0 });
    const iat = clock.seconds() - 3600;
    await ask(issuer.key);
    issuer.down = true;
    clock.advance(601);
    expect(await ask(issuer.key, iat)).toBe('unavailable');
    expect(await ask('made-up', iat)).toBe('unknown');
  });

  test('nor is any when the clock was set back: nobody knows how old the set is', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    issuer.down = true;
    clock.advance(-86_400);
    expect(await ask('new', clock.seconds() - 3600)).toBe('unavailable');
  });
});
