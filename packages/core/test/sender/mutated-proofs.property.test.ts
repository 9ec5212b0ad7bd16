import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { DpopCheck } from '../../src/sender/dpop-check.js';
import { createClock } from '../support/clock.js';
import { createKey, type SigningKey } from '../support/keys.js';
import { characterOf, propertyRuns } from '../support/property.js';
import { outcomeOf, prove, rulesOf, sent, thumbprintOf, tokenOf } from './proofs.js';

const clock = createClock();
let key: SigningKey;

beforeAll(async () => {
  key = await createKey({ kid: null });
});

test('a good proof with any character changed, left out or added does not pass', async () => {
  const text = 'an-access-token';
  const jkt = thumbprintOf(key);
  const check = new DpopCheck(rulesOf(clock));
  const good = await prove(key, text, clock.seconds());
  // With the header known, too
  expect(await outcomeOf(check, sent(tokenOf(text, jkt), await prove(key, text, clock.seconds())))).toBe(
    'proven',
  );
  const edit = fc.record({
    at: fc.nat(good.length - 1),
    left: fc.integer({ min: 0, max: 2 }),
    added: fc.string({ unit: characterOf('ABCxyz019-_.=,{}" '), maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
      let changed = good;
      for (const { at, left, added } of edits)
        changed = changed.slice(0, at) + added + changed.slice(at + left);
      fc.pre(changed !== good);
      expect(await outcomeOf(check, sent(tokenOf(text, jkt), changed))).not.toBe('proven');
    }),
    { numRuns: propertyRuns },
  );
  expect(await outcomeOf(check, sent(tokenOf(text, jkt), good))).toBe('proven');
});
