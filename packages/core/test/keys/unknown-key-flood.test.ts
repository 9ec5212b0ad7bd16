import { describe, expect, test } from 'vitest';
import { remoteKeys, tally } from '../support/remote-keys.js';

describe('[RFC9068-4-07] a flood of unknown key identifiers', () => {
  test('2,000 requests at once: at most two fetches, valid tokens unharmed', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    clock.advance(2);
    const before = issuer.keySetRequests;
    const answers = await Promise.all(
      Array.from({ length: 2000 }, (_, index) =>
        index % 10 === 0 ? ask(issuer.key) : ask(`forged-${index}`),
      ),
    );
    expect(tally(answers)).toEqual({ unknown: 1800, found: 200 });
    expect(issuer.keySetRequests - before).toBeLessThanOrEqual(2);
  });

  test('one after the other: the same', async () => {
    const { issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    const before = issuer.keySetRequests;
    for (let index = 0; index < 2000; index++) expect(await ask(`forged-${index}`)).toBe('unknown');
    expect(issuer.keySetRequests - before).toBeLessThanOrEqual(2);
  });

  test('on a source that has never fetched: at most two fetches at once', async () => {
    const { issuer, ask } = await remoteKeys();
    const answers = await Promise.all(Array.from({ length: 2000 }, (_, index) => ask(`forged-${index}`)));
    expect(tally(answers)).toEqual({ unknown: 2000 });
    expect(issuer.keySetRequests).toBeLessThanOrEqual(2);
  });

  test('the first token of all, if it is forged, costs one fetch and none of the budget', async () => {
    const { issuer, ask } = await remoteKeys();
    expect(await ask('forged')).toBe('unknown');
    expect(issuer.keySetRequests).toBe(1);
    expect(await ask(await issuer.rotate())).toBe('found');
    expect(await ask(await issuer.rotate())).toBe('found');
    expect(issuer.keySetRequests).toBe(3);
  });

  test('for ten minutes: at most 22 fetches, valid tokens unharmed', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    const before = issuer.keySetRequests;
    const answers: string[] = [];
    for (let second = 0; second < 600; second++) {
      answers.push(...(await Promise.all([ask(`a-${second}`), ask(`b-${second}`), ask(`c-${second}`)])));
      expect(await ask(issuer.key)).toBe('found');
      clock.advance(1);
    }
    expect(tally(answers)).toEqual({ unknown: 1800 });
    expect(issuer.keySetRequests - before).toBeLessThanOrEqual(22);
  });

  test('delays a rotated key by at most the budget’s interval', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    for (let index = 0; index < 100; index++) await ask(`forged-${index}`);
    clock.advance(3);
    const key = await issuer.rotate();
    expect(await ask(key)).toBe('unknown');
    clock.advance(27);
    expect(await ask(key)).toBe('found');
  });

  test('a longer interval is kept to as well, and then nobody can tell: 503, not 401', async () => {
    const { clock, issuer, ask, lookup } = await remoteKeys({ cooldownMs: 300_000 });
    await ask(issuer.key);
    await ask('forged-1');
    await ask('forged-2');
    clock.advance(30);
    expect(await ask('forged-3')).toBe('unknown');
    clock.advance(1);
    const answer = await lookup('forged-4');
    if (answer.kind !== 'unavailable') throw new Error(answer.kind);
    expect(answer.error).toMatchObject({
      code: 'retry_later',
      message: `${issuer.issuer}/jwks must not be asked again yet`,
      details: { url: `${issuer.issuer}/jwks` },
    });
    clock.advance(answer.retryAfterSeconds);
    expect(await ask('forged-5')).toBe('unknown');
    expect(issuer.keySetRequests).toBe(4);
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
