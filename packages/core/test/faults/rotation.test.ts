import { expect, test } from 'vitest';
import { createKey } from '../support/keys.js';
import { expectOutage, underFault } from './under-fault.js';

test('a key rotated two seconds after a fetch costs no request its answer [RFC9068-4-07]', async () => {
  const server = await underFault();
  expect(await server.ask()).toBe(200);
  server.clock.advance(2);
  const rotated = await server.issuer.rotate();
  const tokens = await Promise.all(
    Array.from({ length: 200 }, (_, index) => server.token({ jti: String(index) }, rotated)),
  );
  const statuses = await Promise.all(tokens.map((token) => server.ask(token)));
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(server.issuer.requests.keys).toBe(2);
});

test('a key that is withdrawn stops verifying at the next fresh key set [RFC9068-4-07]', async () => {
  const server = await underFault();
  const old = server.issuer.key;
  expect(await server.ask(old)).toBe(200);
  const token = await server.token({ exp: server.clock.seconds() + 3600 }, old);
  await server.issuer.rotate();
  server.clock.advance(601);
  expect(await server.ask()).toBe(200);
  expect(await server.ask(token)).toBe(401);
});

test('an issuer that signs with another key every second keeps its valid tokens, within the budget [RFC9068-4-07]', async () => {
  const server = await underFault();
  server.issuer.keys = await Promise.all(Array.from({ length: 50 }, () => createKey()));
  for (const key of server.issuer.keys) {
    expect(await server.ask(key)).toBe(200);
    server.clock.advance(1);
  }
  expect(server.issuer.requests.keys).toBe(1);
});

test('an issuer that shows another key at every fetch cannot make us fetch without end [RFC9068-4-07] [RFC8414-CACHE-01]', async () => {
  const server = await underFault();
  for (let second = 0; second < 600; second++) {
    await server.ask(await server.issuer.rotate());
    server.clock.advance(1);
  }
  // one to begin with, and one in five seconds
  expect(server.issuer.requests.keys).toBeLessThanOrEqual(121);
});

test('an issuer that forbids caching is asked once in thirty seconds at most [RFC8414-CACHE-01]', async () => {
  const server = await underFault();
  server.issuer.keySetHeaders = { 'cache-control': 'no-store, max-age=0' };
  for (let second = 0; second < 300; second++) {
    expect(await server.ask()).toBe(200);
    server.clock.advance(1);
  }
  expect(server.issuer.requests.keys).toBeLessThanOrEqual(16);
});

test('ten minutes of unknown keys and bad signatures cost one fetch in five seconds and harm nobody [RFC9068-4-07] [RFC8725-3.10-01]', async () => {
  const server = await underFault();
  const foreign = await createKey();
  const forged = { ...foreign, kid: server.issuer.key.kid };
  expect(await server.ask()).toBe(200);
  const burst = await Promise.all(
    Array.from({ length: 2000 }, (_, index) =>
      server.token({ jti: String(index) }, { ...foreign, kid: `unknown-${index}` }),
    ),
  );
  // 503 for those that came after the fetch began: their key may be one that it did not see
  expect(new Set(await Promise.all(burst.map((token) => server.ask(token))))).toEqual(new Set([401, 503]));
  expect(server.issuer.requests.keys).toBe(2);
  for (let second = 0; second < 600; second++) {
    const statuses = await Promise.all([
      server.ask({ ...foreign, kid: `unknown-${second}` }),
      server.ask(forged),
      server.ask(),
    ]);
    const [unknown, ...others] = statuses;
    expect([401, 503]).toContain(unknown);
    expect(others).toEqual([401, 200]);
    server.clock.advance(1);
  }
  // one in five seconds, and a refresh ahead of time
  expect(server.issuer.requests.keys).toBeLessThanOrEqual(2 + 120 + 1);
});

test.each([
  ['a dozen a minute', 5, 1],
  ['a thousand a second', 0.2, 200],
])(
  'a key rotated while made-up and spoilt tokens come, %s, costs no caller its token: 503 for five seconds at most [RFC9068-4-07] [RFC8725-3.10-01]',
  async (_what, step, burst) => {
    const server = await underFault();
    const old = server.issuer.key;
    const foreign = await createKey();
    const flood = await Promise.all(
      Array.from({ length: burst }, (_, index) =>
        server.token({}, { ...foreign, kid: index % 2 === 0 ? `made-up-${index}` : old.kid }),
      ),
    );
    const send = () => Promise.all(flood.map((token) => server.ask(token)));
    expect(await server.ask()).toBe(200);
    for (let passed = 0; passed < 6; passed += step) {
      await send();
      server.clock.advance(step);
    }
    await send();
    const rotated = await createKey();
    server.issuer.keys = [old, rotated];
    const statuses: number[] = [];
    for (let passed = 0; passed < 5; passed += 1) {
      const response = await server.send(await server.token({}, rotated));
      statuses.push(response.status);
      if (response.status === 503) expect(await expectOutage(response)).toBeLessThanOrEqual(5);
      else await response.body?.cancel();
      if (burst > 1) await send();
      server.clock.advance(1);
    }
    statuses.push(await server.ask(rotated));
    expect([...new Set(statuses)].sort()).toEqual([200, 503]);
    expect(statuses.at(-1)).toBe(200);
  },
);

test('a key that is withdrawn in an emergency is refused at once, at no cost and whatever comes [RFC9068-4-07]', async () => {
  const server = await underFault();
  const stolen = server.issuer.key;
  expect(await server.ask(stolen)).toBe(200);
  expect(await server.ask(await server.issuer.rotate())).toBe(200);
  const before = server.issuer.requests.keys;
  for (let second = 0; second < 60; second++) {
    expect(await server.ask(stolen)).toBe(401);
    server.clock.advance(1);
  }
  expect(server.issuer.requests.keys).toBe(before);
});

test('an issuer that moves its key set is followed when its metadata is fetched again [RFC8414-CACHE-01]', async () => {
  const server = await underFault();
  expect(await server.ask()).toBe(200);
  server.issuer.metadata = { jwks_uri: `${server.issuer.issuer}/moved` };
  server.clock.advance(3601);
  await server.ask();
  expect(server.issuer.requests.metadata).toBe(2);
});
