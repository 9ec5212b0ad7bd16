import { expect, test } from 'vitest';
import { createKey } from '../support/keys.js';
import { expectOutage, expectRecovery, underFault } from './under-fault.js';

test('a server that starts while its issuer is down answers 503, then recovers alone [MCP-2026-07-28-RS-020] [RFC8414-CACHE-01]', async () => {
  const server = await underFault();
  const { issuer } = server;
  await issuer.stop();
  const retryAfter = await expectOutage(await server.send(await server.token()));
  expect(server.faults()).toEqual(['request_failed']);
  await issuer.resume();
  await expectRecovery(server, retryAfter);
});

test('while the issuer is down, what is wrong with a request is still said [MCP-2026-07-28-RS-017] [RFC6750-3.1-04]', async () => {
  const server = await underFault();
  await server.issuer.stop();
  expect(await server.ask(await server.token({ iss: 'https://untrusted.example.com' }))).toBe(401);
  expect(await server.ask('no-jwt-at-all')).toBe(401);
  expect(await server.ask('two words')).toBe(400);
  expect((await server.send(undefined)).status).toBe(401);
  expect(server.asked).toEqual([]);
});

test('an issuer that stays down is asked once in four seconds in the end, whatever the load [RFC8414-CACHE-01]', async () => {
  const server = await underFault();
  await server.issuer.stop();
  const token = await server.token({ exp: server.clock.seconds() + 1000 });
  for (let second = 0; second < 600; second++) {
    const statuses = await Promise.all([server.ask(token), server.ask(token), server.ask(token)]);
    expect(statuses).toEqual([503, 503, 503]);
    server.clock.advance(1);
  }
  // 1 + 2 + 4 s, then one in 3.75 to 5 s
  expect(server.asked.length).toBeLessThanOrEqual(4 + 600 / 3.75);
});

test('known keys go on verifying for the whole stale period of an outage, new ones wait [RFC9068-4-07]', async () => {
  const server = await underFault();
  const { issuer, clock } = server;
  expect(await server.ask()).toBe(200);
  await issuer.stop();
  // ten minutes fresh and two hours stale
  for (let minute = 0; minute < 129; minute++) {
    expect(await server.ask()).toBe(200);
    clock.advance(60);
  }
  const rotated = await createKey();
  await expectOutage(await server.send(await server.token({}, rotated)));
  clock.advance(120);
  const retryAfter = await expectOutage(await server.send(await server.token()));
  issuer.keys = [...issuer.keys, rotated];
  await issuer.resume();
  await expectRecovery(server, retryAfter);
  expect(await server.ask(rotated)).toBe(200);
});

test('an outage between discovery and the first keys is told as one, and recovers [MCP-2026-07-28-RS-020]', async () => {
  const server = await underFault();
  server.issuer.misbehaviour.keys = (response) => response.destroy();
  const retryAfter = await expectOutage(await server.send(await server.token()));
  server.issuer.misbehaviour.keys = undefined;
  await expectRecovery(server, retryAfter);
  expect(server.issuer.requests).toEqual({ metadata: 1, keys: 2, elsewhere: 0 });
});

test('a thousand first requests at once cost one discovery and one key set [RFC8414-CACHE-01]', async () => {
  const server = await underFault();
  const token = await server.token();
  const statuses = await Promise.all(Array.from({ length: 1000 }, () => server.ask(token)));
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(server.issuer.requests).toEqual({ metadata: 1, keys: 1, elsewhere: 0 });
});

test('a thousand first requests during an outage cost one attempt [RFC8414-CACHE-01]', async () => {
  const server = await underFault();
  await server.issuer.stop();
  const token = await server.token();
  const statuses = await Promise.all(Array.from({ length: 1000 }, () => server.ask(token)));
  expect(new Set(statuses)).toEqual(new Set([503]));
  expect(server.asked).toHaveLength(1);
});

test.each([0, 2, 9, 600])(
  'a good token passes within five seconds of the return of its issuer, after %i s of outage at the start or later [RFC8414-CACHE-01]',
  async (seconds) => {
    for (const isLater of [false, true]) {
      const server = await underFault();
      if (isLater) expect(await server.ask()).toBe(200);
      server.issuer.keys = [await createKey()];
      await server.issuer.stop();
      for (let second = 0; second <= seconds; second++) {
        expect(await expectOutage(await server.send(await server.token()))).toBeLessThanOrEqual(5);
        if (second < seconds) server.clock.advance(1);
      }
      await server.issuer.resume();
      server.clock.advance(5);
      expect(await server.ask()).toBe(200);
    }
  },
);

test('an issuer that comes and goes never costs a known caller its access [MCP-2026-07-28-RS-017]', async () => {
  const server = await underFault();
  expect(await server.ask()).toBe(200);
  for (let round = 0; round < 5; round++) {
    await server.issuer.stop();
    server.clock.advance(601);
    expect(await server.ask()).toBe(200);
    await server.issuer.resume();
    server.clock.advance(601);
    expect(await server.ask()).toBe(200);
  }
});
