import { expect, test } from 'vitest';
import { createKey } from '../support/keys.js';
import { underFault } from './under-fault.js';

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
  // one to begin with, two at once, one in thirty seconds
  expect(server.issuer.requests.keys).toBeLessThanOrEqual(23);
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

test('ten minutes of unknown keys and bad signatures stay within the budget and harm nobody [RFC9068-4-07] [RFC8725-3.10-01]', async () => {
  const server = await underFault();
  const foreign = await createKey();
  const forged = { ...foreign, kid: server.issuer.key.kid };
  expect(await server.ask()).toBe(200);
  const burst = await Promise.all(
    Array.from({ length: 2000 }, (_, index) =>
      server.token({ jti: String(index) }, { ...foreign, kid: `unknown-${index}` }),
    ),
  );
  expect(new Set(await Promise.all(burst.map((token) => server.ask(token))))).toEqual(new Set([401]));
  expect(server.issuer.requests.keys).toBeLessThanOrEqual(3);
  for (let second = 0; second < 600; second++) {
    const statuses = await Promise.all([
      server.ask({ ...foreign, kid: `unknown-${second}` }),
      server.ask(forged),
      server.ask(),
    ]);
    // never 503: the issuer can be reached all the time
    expect(statuses).toEqual([401, 401, 200]);
    server.clock.advance(1);
  }
  expect(server.issuer.requests.keys).toBeLessThanOrEqual(23);
});

test('an issuer that moves its key set is followed when its metadata is fetched again [RFC8414-CACHE-01]', async () => {
  const server = await underFault();
  expect(await server.ask()).toBe(200);
  server.issuer.metadata = { jwks_uri: `${server.issuer.issuer}/moved` };
  server.clock.advance(3601);
  await server.ask();
  expect(server.issuer.requests.metadata).toBe(2);
});
