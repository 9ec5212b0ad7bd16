import { beforeAll, describe, expect, test } from 'vitest';
import { resolveJwtRules } from '../../src/config/jwt-verify-options.js';
import { TokenCache } from '../../src/cache/token-cache.js';
import type { TokenPolicy } from '../../src/token/token-policy.js';
import { createJwtVerifier } from '../../src/verifier/jwt-verifier.js';
import type { KnownToken } from '../../src/verifier/known-token.js';
import type { KeyedIssuer } from '../../src/verifier/trusted-issuer.js';
import { isFrozen } from '../gate/is-frozen.js';
import { createClock } from '../support/clock.js';
import { createKey, signRaw, type SigningKey } from '../support/keys.js';
import { issuer, keysOf, trust } from '../support/verifier.js';

const clock = createClock();
const claims = { iss: issuer, sub: 'u', exp: clock.seconds() + 600 };
const rules = resolveJwtRules(undefined, clock.now);
let key: SigningKey;

beforeAll(async () => {
  key = await createKey({ kid: 'k1' });
});

function remember(policy?: TokenPolicy) {
  const cache = new TokenCache<KnownToken>(
    { maxAgeMs: 300_000, maxEntries: 100, maxBytes: 10_000_000 },
    clock.now,
  );
  const known = cache.section('jwt');
  const trusted = trust(keysOf(key), { policy });
  const verifierFor = (issuers: readonly (readonly [string, KeyedIssuer])[]) =>
    createJwtVerifier(new Map(issuers), rules, known);
  const verifier = verifierFor([[issuer, trusted]]);
  const bytesOf = async (more: Readonly<Record<string, unknown>>) => {
    const token = await signRaw(key, { ...claims, ...more });
    await verifier(token);
    return known.find(token, clock.now())?.bytes ?? 0;
  };
  return { known, verifierFor, verifier, bytesOf };
}

describe('a token that is remembered', () => {
  test('counts with its own length, its claims and what lies around them, so that a limit of bytes is one', async () => {
    const { bytesOf } = remember();
    // Names that no token had before count with what they bring
    await bytesOf({ note: '' });
    const small = await bytesOf({});
    const large = await bytesOf({ note: 'x'.repeat(3000) });
    // A byte for each character among the claims, and four thirds of one in the token
    expect(large - small).toBeGreaterThan(3000 * (1 + 4 / 3));
    expect(small).toBeGreaterThan((await signRaw(key, claims)).length + 600);
  });

  test('counts with its header too where a policy needs that', async () => {
    const without = await remember().bytesOf({});
    expect(await remember({ name: 'p', check: () => undefined }).bytesOf({})).toBeGreaterThan(without);
  });

  test('[MCP-2026-07-28-RS-030] cannot be changed, and neither can what a policy sees', async () => {
    const seen: object[] = [];
    const { verifier } = remember({
      name: 'p',
      check: (given, { header }) => void seen.push(given, header),
    });
    const token = await signRaw(key, { ...claims, groups: ['a'] });
    const verdict = await verifier(token);
    expect(isFrozen(verdict)).toBe(true);
    expect(verifier.recall?.(token)).toBe(verdict);
    expect(seen).toHaveLength(4);
    expect(seen.every(isFrozen)).toBe(true);
    expect(seen[3]).toEqual(seen[1]);
  });

  test('[MCP-2026-07-28-RS-018] is worth nothing where its issuer is not trusted, and is forgotten', async () => {
    const { known, verifier, verifierFor } = remember();
    const token = await signRaw(key, claims);
    await verifier(token);
    expect(verifierFor([]).recall?.(token)).toBeUndefined();
    expect(known.find(token, clock.now())).toBeUndefined();
  });
});

test('without a place to remember, nothing is recalled', () => {
  expect(createJwtVerifier(new Map(), rules)).not.toHaveProperty('recall');
});
