import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DiscoveredMetadata } from '../../src/authorization-server/discover.js';
import { judgeEndpoints } from '../../src/authorization-server/read-metadata.js';
import { MetadataSource } from '../../src/authorization-server/metadata-source.js';
import { createClock } from '../support/clock.js';
import { remoteKeys } from '../support/remote-keys.js';

// On Workers a fetch ends with the request that began it, without a word; that cannot be had on command elsewhere
const never = () => new Promise<never>(() => undefined);

beforeEach(() => {
  vi.stubGlobal('navigator', { userAgent: 'Cloudflare-Workers' });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe('on Workers no request waits for what another one began', () => {
  test('[RFC9068-4-07] a fetch of keys that was cut off does not keep the next request from its keys', async () => {
    const { issuer, ask } = await remoteKeys();
    issuer.overrides.set('/jwks', never);
    void ask(issuer.key);
    await new Promise((resolve) => setImmediate(resolve));
    expect(issuer.keySetRequests).toBe(1);
    issuer.overrides.delete('/jwks');
    expect(await ask(issuer.key)).toBe('found');
  });

  test('[RFC8414-CACHE-01] made-up key identifiers stay within the budget while a fetch hangs', async () => {
    const { issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    issuer.overrides.set('/jwks', never);
    const before = issuer.keySetRequests;
    for (let index = 0; index < 1000; index++) void ask(`made-up-${index}`);
    await new Promise((resolve) => setImmediate(resolve));
    expect(issuer.keySetRequests - before).toBe(1);
  });

  test('[RFC9068-4-07] an over-age set is renewed by the request that finds it so, and known keys outlive an outage', async () => {
    const { clock, issuer, ask } = await remoteKeys();
    await ask(issuer.key);
    clock.advance(599);
    const before = issuer.keySetRequests;
    expect(await ask(issuer.key)).toBe('found');
    expect(issuer.keySetRequests - before).toBe(0);
    issuer.down = true;
    clock.advance(2);
    for (let second = 0; second < 120; second++) {
      expect(await ask(issuer.key)).toBe('found');
      clock.advance(1);
    }
    issuer.down = false;
    clock.advance(60);
    const during = issuer.keySetRequests;
    expect(await ask(issuer.key)).toBe('found');
    expect(issuer.keySetRequests - during).toBe(1);
  });

  test('[RFC8414-CACHE-01] discovery that was cut off does not keep the next request from the metadata', async () => {
    const clock = createClock();
    const metadata = { issuer: 'https://as.example.com', jwksUri: 'https://as.example.com/jwks' };
    const found: DiscoveredMetadata = {
      type: 'oauth',
      metadata,
      text: JSON.stringify(metadata),
      endpoints: judgeEndpoints(metadata.issuer, metadata, false),
      warnings: [],
      headers: new Headers(),
    };
    let discover: () => Promise<DiscoveredMetadata> = never;
    const source = new MetadataSource(
      () => discover(),
      clock.now,
      () => undefined,
    );
    void source.get();
    discover = () => Promise.resolve(found);
    expect(await source.get()).toBe(found);
    clock.advance(3601);
    discover = never;
    void source.get();
    discover = () => Promise.resolve({ ...found, type: 'oidc' });
    expect(await source.get()).toMatchObject({ type: 'oidc' });
  });
});

test('[RFC9068-4-07] on Workers a fetch that began earlier and ends later does not undo a newer one: the new key is not taken for withdrawn', async () => {
  const { clock, issuer, ask } = await remoteKeys();
  const former = issuer.key;
  let answer: (response: Response) => void = () => undefined;
  issuer.overrides.set('/jwks', () => new Promise((resolve) => (answer = resolve)));
  const slow = ask(former);
  await new Promise((resolve) => setImmediate(resolve));
  issuer.overrides.delete('/jwks');
  const key = await issuer.rotate();
  issuer.keys.push(former);
  expect(await ask(key)).toBe('found');
  answer(Response.json({ keys: [former.publicJwk] }));
  expect(await slow).toBe('found');
  clock.advance(1);
  expect(await ask(key)).toBe('found');
  expect(issuer.keySetRequests).toBe(2);
});

test('[RFC8414-CACHE-01] on Workers requests of an outage do not each ask for a key that may be new', async () => {
  const { clock, issuer, ask } = await remoteKeys();
  await ask(issuer.key);
  issuer.down = true;
  expect(await ask('made-up')).toBe('unavailable');
  clock.advance(1);
  issuer.down = false;
  issuer.overrides.set('/jwks', never);
  const before = issuer.keySetRequests;
  for (let index = 0; index < 1000; index++) void ask(`made-up-${index}`);
  await new Promise((resolve) => setImmediate(resolve));
  expect(issuer.keySetRequests - before).toBe(0);
  clock.advance(4);
  for (let index = 0; index < 1000; index++) void ask(`made-up-${index}`);
  await new Promise((resolve) => setImmediate(resolve));
  expect(issuer.keySetRequests - before).toBe(1);
});
