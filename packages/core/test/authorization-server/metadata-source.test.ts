import { describe, expect, test } from 'vitest';
import type { DiscoveredMetadata } from '../../src/authorization-server/discover.js';
import { judgeEndpoints } from '../../src/authorization-server/read-metadata.js';
import { MetadataSource } from '../../src/authorization-server/metadata-source.js';
import { MCPAuthAuthServerError } from '../../src/errors/auth-server-error.js';
import { createClock } from '../support/clock.js';

function create(headers: Record<string, string> = {}) {
  const clock = createClock();
  const faults: MCPAuthAuthServerError[] = [];
  const state = { discoveries: 0, failure: undefined as Error | undefined };
  const discover = async (): Promise<DiscoveredMetadata> => {
    state.discoveries += 1;
    await Promise.resolve();
    if (state.failure !== undefined) throw state.failure;
    const metadata = {
      issuer: 'https://as.example.com',
      jwksUri: `https://as.example.com/jwks-${state.discoveries}`,
    };
    return {
      type: 'oauth',
      metadata,
      text: JSON.stringify(metadata),
      endpoints: judgeEndpoints(metadata.issuer, metadata, false),
      warnings: [],
      headers: new Headers(headers),
    };
  };
  const source = new MetadataSource(discover, clock.now, (fault) => faults.push(fault));
  const kind = async () => {
    const found = await source.get();
    return 'kind' in found ? found.error.code : found.metadata.jwksUri?.slice(-1);
  };
  return { clock, faults, state, source, kind };
}
const down = new MCPAuthAuthServerError('request_failed', 'down');

describe('[RFC8414-CACHE-01] discovered metadata', () => {
  test('is fetched once for all who wait, then handed out at once', async () => {
    const { state, source, kind } = create();
    const answers = await Promise.all(Array.from({ length: 1000 }, kind));
    expect(new Set(answers)).toEqual(new Set(['1']));
    expect(source.get()).not.toBeInstanceOf(Promise);
    expect(state.discoveries).toBe(1);
  });

  test.each([
    [{}, 3600],
    [{ 'cache-control': 'max-age=600' }, 600],
    [{ 'cache-control': 'max-age=1' }, 60],
    [{ 'cache-control': 'no-store' }, 60],
    [{ 'cache-control': 'max-age=86400' }, 3600],
  ])('with %j is refreshed in the background after %i s', async (headers, seconds) => {
    const { clock, kind } = create(headers);
    await kind();
    clock.advance(seconds - 1);
    expect([await kind(), await kind()]).toEqual(['1', '1']);
    clock.advance(1);
    expect(await kind()).toBe('1');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await kind()).toBe('2');
  });

  test('stays in use while the server is down, and the server is asked ever more seldom', async () => {
    const { clock, state, kind, faults } = create();
    await kind();
    state.failure = down;
    clock.advance(3600);
    for (let second = 0; second < 600; second++) {
      expect(await kind()).toBe('1');
      clock.advance(1);
    }
    // One that was begun by the last request may still be under way
    await new Promise((resolve) => setImmediate(resolve));
    expect(state.discoveries).toBeLessThanOrEqual(1 + 3 + 600 / 3.75);
    expect(faults).toHaveLength(state.discoveries - 1);
    state.failure = undefined;
    // How long it waits between two attempts is partly left to chance
    for (let attempt = 0; attempt < 5 && (await kind()) === '1'; attempt++) {
      clock.advance(5);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await kind()).not.toBe('1');
  });
});

test('metadata is refreshed when the clock was set back, and stays in use meanwhile', async () => {
  const { clock, kind } = create();
  await kind();
  clock.advance(-86_400);
  expect(await kind()).toBe('1');
  await new Promise((resolve) => setImmediate(resolve));
  expect(await kind()).toBe('2');
});

describe('[RFC8414-CACHE-01] a server that is down at start', () => {
  test('is reported with a time to come back, and found on the first request after it', async () => {
    const { clock, state, source, kind } = create();
    state.failure = down;
    for (let attempt = 0; attempt < 8; attempt++) {
      const found = await source.get();
      if (!('kind' in found)) throw new Error('found');
      expect(found.error).toBe(down);
      expect(found.retryAfterSeconds).toBeLessThanOrEqual(5);
      expect(state.discoveries).toBe(attempt + 1);
      expect(await kind()).toBe('request_failed');
      expect(state.discoveries).toBe(attempt + 1);
      clock.advance(found.retryAfterSeconds);
    }
    state.failure = undefined;
    expect(await kind()).toBe('9');
  });

  test('costs one discovery for all who wait', async () => {
    const { state, kind, faults } = create();
    state.failure = down;
    await Promise.all(Array.from({ length: 1000 }, kind));
    expect([state.discoveries, faults.length]).toEqual([1, 1]);
  });

  test('whatever is thrown, an authorization server error is reported', async () => {
    const { state, kind, faults } = create();
    state.failure = new TypeError('bug');
    expect(await kind()).toBe('request_failed');
    expect(faults[0]?.cause).toBe(state.failure);
  });
});
