import { describe, expect, test } from 'vitest';
import type { KeySource } from '../../src/keys/key-source.js';
import { remoteKeys, tally } from '../support/remote-keys.js';

describe('[RFC9068-4-07] a flood of unknown key identifiers', () => {
  test('2,000 requests at once: one fetch, valid tokens unharmed', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    clock.advance(2);
    const before = issuer.keySetRequests;
    const answers = await Promise.all(
      Array.from({ length: 2000 }, (_, index) =>
        index % 10 === 0 ? ask(issuer.key) : ask(`forged-${index}`),
      ),
    );
    // the one that caused the fetch came before it began, the others after
    expect(tally(answers)).toEqual({ unknown: 1, unavailable: 1799, found: 200 });
    expect(issuer.keySetRequests - before).toBe(1);
  });

  test('one after the other: the same, and each is told when the set may be asked for again', async () => {
    const { issuer, ask, lookup } = await remoteKeys();
    await ask(issuer.key);
    const before = issuer.keySetRequests;
    expect(await ask('forged')).toBe('unknown');
    for (let index = 0; index < 2000; index++) {
      expect(await lookup(`forged-${index}`)).toMatchObject({
        kind: 'unavailable',
        error: {
          code: 'retry_later',
          message: `${issuer.issuer}/jwks must not be asked again yet`,
          details: { url: `${issuer.issuer}/jwks` },
        },
        retryAfterSeconds: 5,
      });
    }
    expect(issuer.keySetRequests - before).toBe(1);
  });

  test('on a source that has never fetched: at most two fetches at once', async () => {
    const { issuer, ask } = await remoteKeys();
    const answers = await Promise.all(Array.from({ length: 2000 }, (_, index) => ask(`forged-${index}`)));
    expect(tally(answers)).toEqual({ unknown: 2000 });
    expect(issuer.keySetRequests).toBe(2);
  });

  test('the first token of all, if it is forged, costs one fetch and does not put off the next', async () => {
    const { issuer, ask } = await remoteKeys();
    expect(await ask('forged')).toBe('unknown');
    expect(issuer.keySetRequests).toBe(1);
    expect(await ask(await issuer.rotate())).toBe('found');
    expect(issuer.keySetRequests).toBe(2);
  });

  test('for ten minutes: one fetch in five seconds, valid tokens unharmed', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    const before = issuer.keySetRequests;
    for (let second = 0; second < 600; second++) {
      const answers = await Promise.all([ask(`a-${second}`), ask(`b-${second}`), ask(`c-${second}`)]);
      expect(answers).toEqual([second % 5 === 0 ? 'unknown' : 'unavailable', 'unavailable', 'unavailable']);
      expect(await ask(issuer.key)).toBe('found');
      clock.advance(1);
    }
    // 600 s in steps of 5 s, and one refresh ahead of time
    expect(issuer.keySetRequests - before).toBeLessThanOrEqual(121);
  });

  test('no claim of theirs buys a faster fetch, and old ones buy none', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    clock.advance(100);
    await ask('forged');
    const before = issuer.keySetRequests;
    const now = clock.seconds();
    for (const iat of [now, now + 1, now + 86_400, 1e300, Infinity, Number.NaN, undefined]) {
      expect(await ask(`forged-${iat}`, iat)).toBe('unavailable');
    }
    for (const iat of [now - 61, 0, -1e300]) expect(await ask(`forged-${iat}`, iat)).toBe('unknown');
    expect(issuer.keySetRequests).toBe(before);
  });

  test('spoilt signatures and tokens without a key identifier share the one interval with them', async () => {
    const { clock, issuer, source, ask } = await remoteKeys();
    await ask(issuer.key);
    const kinds = [
      () => ask(`forged-${clock.now()}`),
      () => again(source, issuer.key.kid),
      () => again(source, undefined),
    ];
    for (const first of kinds) {
      clock.advance(5);
      const before = issuer.keySetRequests;
      await first();
      for (const later of kinds) await later();
      expect(issuer.keySetRequests - before).toBe(1);
    }
  });

  test('a longer interval is kept to as well', async () => {
    const { clock, issuer, ask, lookup } = await remoteKeys({ cooldownMs: 300_000 });
    await ask(issuer.key);
    await ask('forged-1');
    clock.advance(30);
    const answer = await lookup('forged-2');
    if (answer.kind !== 'unavailable') throw new Error(answer.kind);
    expect(answer.retryAfterSeconds).toBe(270);
    clock.advance(269.999);
    expect(await ask('forged-3')).toBe('unavailable');
    clock.advance(0.001);
    expect(await ask('forged-4')).toBe('unknown');
    expect(issuer.keySetRequests).toBe(3);
  });
});

async function again(source: KeySource, kid: string | undefined): Promise<void> {
  const query = { kid, alg: 'ES256' };
  const lookup = await source.lookup(query);
  if (lookup.kind !== 'found') throw new Error(lookup.kind);
  await source.lookupAgain(query, lookup.keys, lookup.since);
}

describe('[RFC9068-4-07] whoever has a token of a rotated key while forged ones come', () => {
  test.each([
    ['a dozen a minute', 5, 1],
    ['1,000 a second', 0.5, 500],
  ])('%s: is never told that it is unknown, and passes five seconds later', async (_what, step, burst) => {
    for (let offset = 0; offset < 5; offset += 0.5) {
      const { clock, issuer, source, ask } = await remoteKeys();
      const former = issuer.key;
      await ask(former);
      const forge = async () => {
        for (let index = 0; index < burst; index++) {
          await (index % 2 === 0 ? ask(`forged-${index}`, clock.seconds()) : again(source, former.kid));
        }
      };
      for (let passed = 0; passed < 60; passed += step) {
        await forge();
        clock.advance(step);
      }
      await forge();
      clock.advance(offset);
      const key = await issuer.rotate();
      issuer.keys.push(former);
      for (let passed = 0; passed < 5; passed += 0.5) {
        expect(['found', 'unavailable']).toContain(await ask(key, clock.seconds()));
        if (burst > 1) await forge();
        clock.advance(0.5);
      }
      expect(await ask(key, clock.seconds())).toBe('found');
    }
  });
});

describe('an identifier that is there settles the matter without a fetch', () => {
  test('when its key does not fit the algorithm', async () => {
    const { issuer, source } = await remoteKeys();
    const query = { kid: issuer.key.kid, alg: 'RS256' };
    for (let request = 0; request < 10; request++)
      expect((await source.lookup(query)).kind).toBe('unsuitable');
    expect(issuer.keySetRequests).toBe(1);
  });
});
