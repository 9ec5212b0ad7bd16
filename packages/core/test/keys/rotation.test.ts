import { describe, expect, test } from 'vitest';
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

  test('twice within seconds', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    for (let rotation = 0; rotation < 2; rotation++) {
      clock.advance(1);
      expect(await ask(await issuer.rotate())).toBe('found');
    }
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
    const { issuer, source } = await remoteKeys();
    const query = { kid: issuer.key.kid, alg: 'ES256' };
    const lookup = await source.lookup(query);
    if (lookup.kind !== 'found') throw new Error('not found');
    expect(await source.lookupAgain(query, lookup.keys)).toEqual([]);
    const key = await issuer.rotate();
    issuer.keys = [{ ...key, publicJwk: { ...key.publicJwk, kid: query.kid ?? '' } }];
    expect(await source.lookupAgain(query, lookup.keys)).toHaveLength(1);
    expect(issuer.keySetRequests).toBe(3);
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
    expect(issuer.keySetRequests).toBe(3);
  });
});
