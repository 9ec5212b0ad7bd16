import { describe, expect, test } from 'vitest';
import { WithdrawnKeys } from '../../src/keys/withdrawn-keys.js';
import type { PublicJwk } from '../../src/keys/public-jwk.js';

const key = (kid: string | undefined): PublicJwk => ({ kty: 'EC', ...(kid === undefined ? {} : { kid }) });

describe('identifiers of withdrawn keys', () => {
  test('a token that names no key names no withdrawn one', () => {
    const withdrawn = new WithdrawnKeys();
    withdrawn.replace([key(undefined)], []);
    expect(withdrawn.has(undefined)).toBe(false);
  });

  test('what the new set has is not withdrawn, and what comes back is so no more', () => {
    const withdrawn = new WithdrawnKeys();
    withdrawn.replace([key('a'), key('b')], [key('b'), key('c')]);
    expect(['a', 'b', 'c'].map((kid) => withdrawn.has(kid))).toEqual([true, false, false]);
    withdrawn.replace([key('b'), key('c')], [key('a')]);
    expect(['a', 'b', 'c'].map((kid) => withdrawn.has(kid))).toEqual([false, true, true]);
  });

  test('a provider that keeps changing its keys does not fill the memory: the oldest are forgotten', () => {
    const withdrawn = new WithdrawnKeys();
    for (let set = 0; set < 1500; set++) withdrawn.replace([key(`k${set}`)], []);
    expect([0, 499, 500, 1499].map((set) => withdrawn.has(`k${set}`))).toEqual([false, false, true, true]);
    withdrawn.replace([key('k500'), key('new')], []);
    expect(['k500', 'k501', 'k502', 'new'].map((kid) => withdrawn.has(kid))).toEqual([
      true,
      false,
      true,
      true,
    ]);
    withdrawn.replace([key('x'.repeat(256)), key('x'.repeat(257))], []);
    expect([256, 257].map((length) => withdrawn.has('x'.repeat(length)))).toEqual([true, false]);
  });
});
