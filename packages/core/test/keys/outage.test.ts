import { describe, expect, test } from 'vitest';
import { remoteKeys } from '../support/remote-keys.js';

describe('known keys outlive an outage', () => {
  test('[RFC9068-4-07] for the whole default stale period of two hours, and not a second longer', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    issuer.down = true;
    for (let minute = 0; minute < 130; minute++) {
      expect(await ask(issuer.key)).toBe('found');
      clock.advance(60);
    }
    clock.advance(-1);
    expect(await ask(issuer.key)).toBe('found');
    clock.advance(1);
    expect(await ask(issuer.key)).toBe('unavailable');
  });

  test('for a configured period, though nobody asked in between', async () => {
    const { clock, issuer, ask } = await remoteKeys({ staleMs: 60_000 });
    await ask(issuer.key);
    issuer.down = true;
    clock.advance(659);
    expect(await ask(issuer.key)).toBe('found');
    clock.advance(1);
    expect(await ask(issuer.key)).toBe('unavailable');
  });

  test('[RFC9068-4-07] not at all where that was configured', async () => {
    const { clock, issuer, ask } = await remoteKeys({ staleMs: 0 });
    await ask(issuer.key);
    issuer.down = true;
    clock.advance(599);
    expect(await ask(issuer.key)).toBe('found');
    clock.advance(1);
    expect(await ask(issuer.key)).toBe('unavailable');
  });

  test('[RFC9068-4-07] without anybody waiting for the dead endpoint', async () => {
    const { clock, issuer, source, ask } = await remoteKeys();
    await ask(issuer.key);
    issuer.down = true;
    clock.advance(601);
    await ask(issuer.key);
    issuer.overrides.set('/jwks', () => new Promise(() => undefined));
    issuer.down = false;
    clock.advance(60);
    expect(source.lookup({ kid: issuer.key.kid, alg: 'ES256' })).toMatchObject({ kind: 'found' });
  });

  test('[RFC8414-CACHE-01] while the endpoint is asked ever more seldom: at most every 5 seconds in the end', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    issuer.down = true;
    clock.advance(601);
    const before = issuer.keySetRequests;
    for (let second = 0; second < 3600; second++) {
      await ask(issuer.key);
      await ask('forged');
      clock.advance(1);
    }
    // three tries until the interval is 5 s, then one every 3.75 to 5 s
    expect(issuer.keySetRequests - before).toBeLessThanOrEqual(3 + 3600 / 3.75);
    expect(issuer.keySetRequests - before).toBeGreaterThan(3600 / 5.1);
  });
});

describe('an outage is not the client’s fault', () => {
  test('[RFC7662-2.3-01] down at start: unavailable with a time to come back, never unknown', async () => {
    const { issuer, lookup, faults } = await remoteKeys();
    issuer.down = true;
    const answer = await lookup(issuer.key);
    expect(answer).toMatchObject({
      kind: 'unavailable',
      error: { code: 'request_failed' },
      retryAfterSeconds: 1,
    });
    expect(faults.map(({ code }) => code)).toEqual(['request_failed']);
  });

  test('[RFC7662-2.3-01] an unknown key during an outage cannot be judged, however young the set is', async () => {
    const { clock, issuer, ask, lookup } = await remoteKeys();
    await ask(issuer.key);
    issuer.down = true;
    for (let second = 0; second < 60; second++) {
      const answer = await lookup('new');
      if (answer.kind !== 'unavailable') throw new Error(answer.kind);
      expect(answer.error.code).toBe('request_failed');
      expect(answer.retryAfterSeconds).toBeLessThanOrEqual(5);
      clock.advance(1);
    }
    expect(await ask(issuer.key)).toBe('found');
  });

  test.each([0, 1, 3, 7, 60, 3600])(
    '[RFC8414-CACHE-01] a good token passes within 5 s of the return, after %i s of outage at the start or later',
    async (seconds) => {
      for (const isLater of [false, true]) {
        const { clock, issuer, ask } = await remoteKeys();
        if (isLater) await ask(issuer.key);
        const key = await issuer.rotate();
        issuer.down = true;
        for (let second = 0; second < seconds; second++) {
          expect(await ask(key)).toBe('unavailable');
          clock.advance(1);
        }
        expect(await ask(key)).toBe('unavailable');
        issuer.down = false;
        clock.advance(5);
        expect(await ask(key)).toBe('found');
      }
    },
  );

  test('[RFC8414-CACHE-01] an attempt that hung until its time limit does not put off the next', async () => {
    const { clock, issuer, ask } = await remoteKeys({ timeoutMs: 20 });
    issuer.overrides.set('/jwks', () => new Promise(() => undefined));
    for (let attempt = 0; attempt < 5; attempt++) {
      const answer = ask(issuer.key);
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(5);
      expect(await answer).toBe('unavailable');
    }
    issuer.overrides.delete('/jwks');
    expect(await ask(issuer.key)).toBe('found');
    expect(issuer.keySetRequests).toBe(6);
  });

  test('[RFC7662-2.3-01] an unknown key cannot be judged either when it is the first to find the endpoint down', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    issuer.down = true;
    clock.advance(700);
    expect(await ask('new')).toBe('unavailable');
    expect(await ask(issuer.key)).toBe('found');
  });

  test.each([1, 10, 100, 1000])(
    'recovery on the first request after the Retry-After that was sent (%i s into the outage)',
    async (seconds) => {
      const { clock, issuer, lookup } = await remoteKeys();
      issuer.down = true;
      let answer = await lookup(issuer.key);
      for (let waited = 0; waited < seconds;) {
        if (answer.kind !== 'unavailable') throw new Error(answer.kind);
        clock.advance(answer.retryAfterSeconds);
        waited += answer.retryAfterSeconds;
        if (waited >= seconds) issuer.down = false;
        answer = await lookup(issuer.key);
      }
      expect(answer.kind).toBe('found');
    },
  );

  test('a flood during the outage does not use up what a rotated key needs after it', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    issuer.down = true;
    clock.advance(31);
    for (let forged = 0; forged < 100; forged++) await ask(`forged-${forged}`);
    issuer.down = false;
    const key = await issuer.rotate();
    clock.advance(1);
    expect(await ask(key)).toBe('found');
  });

  test('[RFC8414-CACHE-01] before that time the endpoint is left alone', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    issuer.down = true;
    await ask(issuer.key);
    issuer.down = false;
    clock.advance(0.7);
    for (let request = 0; request < 100; request++) expect(await ask(issuer.key)).toBe('unavailable');
    expect(issuer.keySetRequests).toBe(1);
  });

  test('[RFC8414-CACHE-01] one failure does not echo: a success resets the interval', async () => {
    const { clock, issuer, ask, lookup } = await remoteKeys();
    for (let round = 0; round < 5; round++) {
      issuer.down = true;
      clock.advance(30_000);
      expect(await lookup(issuer.key)).toMatchObject({ kind: 'unavailable', retryAfterSeconds: 1 });
      issuer.down = false;
      clock.advance(1);
      expect(await ask(issuer.key)).toBe('found');
    }
  });

  test('[RFC8414-CACHE-01] 1,000 waiting requests share the one failing fetch', async () => {
    const { issuer, ask } = await remoteKeys();
    issuer.down = true;
    const answers = await Promise.all(Array.from({ length: 1000 }, () => ask(issuer.key)));
    expect(new Set(answers)).toEqual(new Set(['unavailable']));
    expect(issuer.keySetRequests).toBe(1);
  });
});

test('[RFC7662-2.3-01] what a fetch function hands out may throw anything when it is read: an outage, told to the owner', async () => {
  const cause = new Error('odd headers');
  const { issuer, lookup, faults } = await remoteKeys({
    fetch: () => {
      const response = Response.json({ keys: [issuer.key.publicJwk] });
      const get = (name: string) => {
        if (name === 'cache-control') throw cause;
        return response.headers.get(name);
      };
      return Promise.resolve({ status: 200, headers: { get }, body: response.body } as unknown as Response);
    },
  });
  const url = `${issuer.issuer}/jwks`;
  expect(await lookup(issuer.key)).toMatchObject({ kind: 'unavailable' });
  expect(faults).toMatchObject([
    { code: 'request_failed', message: `${url} could not be read`, cause, details: { url } },
  ]);
});

describe('ready()', () => {
  test('rejects while the endpoint fails, and may be repeated', async () => {
    const { clock, issuer, source } = await remoteKeys();
    issuer.down = true;
    await expect(source.ready()).rejects.toMatchObject({ code: 'request_failed' });
    await expect(source.ready()).rejects.toMatchObject({ code: 'request_failed' });
    issuer.down = false;
    clock.advance(1);
    await source.ready();
    await source.ready();
    expect(issuer.keySetRequests).toBe(2);
  });
});
