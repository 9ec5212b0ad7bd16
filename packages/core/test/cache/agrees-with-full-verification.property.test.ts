import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createClock } from '../support/clock.js';
import { createKey, type SigningKey } from '../support/keys.js';
import { propertyRuns, propertyTest } from '../support/property.js';
import { protect, type Protected } from '../support/protect.js';
import { TestIssuer } from '../support/test-issuer.js';

type Step =
  | { readonly kind: 'send'; readonly token: number }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'publish'; readonly keys: readonly number[] }
  | { readonly kind: 'outage'; readonly down: boolean };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('send' as const), token: fc.nat(11) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      seconds: fc.oneof(
        fc.integer({ min: -400, max: 400 }),
        fc.constantFrom(1, 5, 31, 60, 299, 300, 301, 451, 600, 601, 7300),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('publish' as const),
      keys: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('outage' as const), down: fc.boolean() }) },
);

/** A gate with an issuer of its own: what one asks for must not show in what the other is told. */
async function createGate(keys: readonly SigningKey[], cache: false | undefined): Promise<Protected> {
  const clock = createClock();
  const issuer = new TestIssuer('https://as.example.com', clock, keys.slice(0, 1));
  return protect({
    clock,
    issuer,
    options: { requiredScopes: ['read'], jwtVerify: { maxTokenAge: 3000 } },
    config: { cache },
  });
}

/** Twelve tokens of three keys: lasting, soon expired, not valid yet, too narrow. */
async function mint(keys: readonly SigningKey[]): Promise<readonly string[]> {
  const clock = createClock();
  const now = clock.seconds();
  const issuer = new TestIssuer('https://as.example.com', clock, keys);
  const claims = [
    { exp: now + 100_000 },
    { exp: now + 120 },
    { exp: now + 100_000, nbf: now + 120, iat: now },
    { exp: now + 100_000, scope: 'write' },
  ];
  const minted = keys.flatMap((key) => claims.map((changes) => issuer.sign(changes, {}, key)));
  return Promise.all(minted);
}

function apply({ clock, issuer }: Protected, keys: readonly SigningKey[], action: Step): void {
  if (action.kind === 'wait') clock.advance(action.seconds);
  if (action.kind === 'outage') issuer.down = action.down;
  if (action.kind === 'publish') issuer.keys = action.keys.map((index) => keys[index] as SigningKey);
}

async function ask(subject: Protected, token: string) {
  const decision = await subject.ask(token);
  // What a use has set going is over before the next
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  return decision.kind === 'allow' ? decision.auth?.claims : [decision.status, decision.body];
}

// Retries are jittered, and the two issuers must be asked at the same times
beforeAll(() => void vi.spyOn(Math, 'random').mockReturnValue(0.5));
afterAll(() => void vi.restoreAllMocks());

test(
  '[RFC9068-4-03] [RFC9068-4-04] [MCP-2026-07-28-RS-017] with and without the cache every token gets the same answer, whatever became of time, keys and issuer',
  propertyTest,
  async () => {
    const keys = await Promise.all([createKey(), createKey(), createKey()]);
    const tokens = await mint(keys);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const remembering = await createGate(keys, undefined);
        const forgetful = await createGate(keys, false);
        for (const action of steps) {
          if (action.kind === 'send') {
            const token = tokens[action.token] ?? '';
            expect(await ask(remembering, token)).toEqual(await ask(forgetful, token));
          } else {
            for (const subject of [remembering, forgetful]) apply(subject, keys, action);
          }
        }
      }),
      { numRuns: Math.ceil(propertyRuns / 5) },
    );
  },
);
