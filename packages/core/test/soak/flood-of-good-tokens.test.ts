import { describe, expect, test } from 'vitest';
import { freezeJson } from '../../src/token/freeze-json.js';
import { TokenCache } from '../../src/cache/token-cache.js';
import { resolveTokenCache, type TokenCacheOptions } from '../../src/config/mcp-auth.js';
import { recallToken, rememberToken, type KnownToken } from '../../src/verifier/known-token.js';
import { createClock } from '../support/clock.js';
import { encodeJson } from '../support/jwt.js';
import { issuer, keysOf, trust } from '../support/verifier.js';
import { createKey } from '../support/keys.js';
import { measureHeap } from './measure-heap.js';

/** `SOAK=full` for the long run; the short one keeps the ordinary test run short. */
const tokens = process.env.SOAK === 'full' ? 1_000_000 : 40_000;

const header = encodeJson({ alg: 'RS256', kid: 'key', typ: 'at+jwt' });

/** A token of 1 kB, as long as one signed with RSA of 2048 bits. Its signature is never looked at. */
function createToken(serial: number): { readonly token: string; readonly text: string } {
  const text = JSON.stringify({
    iss: issuer,
    aud: 'https://api.example.com/mcp',
    sub: `user-${serial}`,
    client_id: 'client-1',
    scope: 'notes:read notes:write profile',
    jti: `token-${serial}`,
    iat: 1_700_000_000,
    exp: 4_000_000_000,
    tenant: `tenant-${serial % 1000}`,
    groups: Array.from({ length: 14 }, (_, index) => `group-${serial}-${index}`),
  });
  const signature = Buffer.from(`${serial}-`.padEnd(256, `${serial}-`)).toString('base64url');
  // A string of its own, as a request brings it
  return { token: Buffer.from(`${header}.${encodeJson(text)}.${signature}`).toString(), text };
}

/** Takes the place of a verifier that checks signatures: a million of these would take minutes. */
async function createVerifier(options?: TokenCacheOptions) {
  const clock = createClock();
  const limits = resolveTokenCache(options);
  if (limits === undefined) throw new Error('switched off');
  const known = new TokenCache<KnownToken>(limits, clock.now).section('a');
  const signer = await createKey();
  const keys = keysOf(signer);
  const lookup = await keys.lookup({ kid: signer.kid, alg: signer.alg });
  if (lookup.kind !== 'found' || lookup.keys[0] === undefined) throw new Error('no key');
  const [key] = lookup.keys;
  const issuers = new Map([[issuer, trust(keys)]]);
  const time = {
    now: clock.seconds,
    expiryToleranceSeconds: 5,
    aheadToleranceSeconds: 60,
    maxTokenAgeSeconds: undefined,
  };
  const recall = (token: string) => recallToken(token, known, issuers, time);
  const remember = (token: string, text: string) => {
    const claims = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const verified = {
      token,
      issuer,
      authorizationServer: issuer,
      clientId: 'client-1',
      subject: claims.sub as string,
      audience: claims.aud as string,
      scopes: (claims.scope as string).split(' '),
      expiresAt: claims.exp as number,
      claims,
      verifiedBy: 'jwt' as const,
    };
    rememberToken(known, { kind: 'verified', token: verified }, key, undefined, freezeJson(claims));
  };
  return { known, recall, remember };
}

/** How many of these tokens are kept. */
function countKept(known: Awaited<ReturnType<typeof createVerifier>>['known'], from: number, to: number) {
  let count = 0;
  for (let serial = Math.max(from, 0); serial < to; serial++) {
    if (known.find(createToken(serial).token) !== undefined) count += 1;
  }
  return count;
}

describe(`${tokens} distinct good tokens`, () => {
  test(
    '[MCP-2026-07-28-RS-030] [RFC9068-4-03] each is known as itself, in memory that does not grow',
    { timeout: 600_000 },
    async () => {
      const { known, recall, remember } = await createVerifier();
      const start = measureHeap();
      const heaps: number[] = [];
      let wrong = 0;
      for (let serial = 0; serial < tokens; serial++) {
        const { token, text } = createToken(serial);
        if (recall(token) !== undefined) wrong += 1;
        remember(token, text);
        if (recall(token)?.token.subject !== `user-${serial}`) wrong += 1;
        const earlier = serial - (serial % 100);
        const found = recall(createToken(earlier).token);
        if (found !== undefined && found.token.subject !== `user-${earlier}`) wrong += 1;
        if (serial % (tokens / 8) === 0) heaps.push(measureHeap() - start);
      }
      heaps.push(measureHeap() - start);
      expect(wrong).toBe(0);
      expect(countKept(known, tokens - 20_000, tokens)).toBeLessThanOrEqual(10_000);
      expect(Math.max(...heaps)).toBeLessThan(64 * 1024 * 1024);
      // Nothing is left behind
      expect(Math.max(...heaps.slice(4))).toBeLessThan(10_000 * 4096);
    },
  );
});

test('a token of 1 kB takes at most 4 kB, and about what it is charged with', async () => {
  const { known, remember } = await createVerifier({ maxEntries: 20_000, maxBytes: 256 * 1024 * 1024 });
  const before = measureHeap();
  let length = 0;
  for (let serial = 0; serial < 10_000; serial++) {
    const { token, text } = createToken(serial);
    length += token.length;
    remember(token, text);
  }
  const taken = (measureHeap() - before) / 10_000;
  expect(countKept(known, 0, 10_000)).toBe(10_000);
  expect(length / 10_000).toBeGreaterThan(950);
  expect(taken).toBeLessThan(4096);
  const charged = known.find(createToken(1).token)?.bytes ?? 0;
  expect(charged / taken).toBeGreaterThan(0.8);
  expect(charged / taken).toBeLessThan(1.2);
});

test('tokens whose claims are far larger in memory than in writing stay within the bytes', async () => {
  const { known, remember } = await createVerifier({ maxBytes: 8 * 1024 * 1024 });
  const before = measureHeap();
  for (let serial = 0; serial < 1000; serial++) {
    const text = JSON.stringify({ sub: String(serial), aud: 'a', scope: 's', exp: 1, list: [] });
    remember(`${serial}-${'x'.repeat(100)}-${serial}`, text.replace('[]', `[${'{},'.repeat(3000)}0]`));
  }
  expect(measureHeap() - before).toBeLessThan(8 * 1024 * 1024);
  expect(known.find(`999-${'x'.repeat(100)}-999`)).toBeDefined();
});
