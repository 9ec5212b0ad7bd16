import type { expect as expectOfJest } from '@jest/globals';
import { type expect, expectTypeOf, test } from 'vitest';
import type { McpAuthMatchers } from '../src/vitest.js';
import type {} from '../src/jest.js';

type OfVitest = ReturnType<typeof expect<Response>>;
type OfJest = ReturnType<typeof expectOfJest<Response>>;

test('expect of vitest and jest has the matchers by its types', () => {
  expectTypeOf<Parameters<OfVitest['toChallengeFor']>>().toEqualTypeOf<
    Parameters<McpAuthMatchers['toChallengeFor']>
  >();
  expectTypeOf<OfVitest['not']['toBeRefusedWith']>().toBeFunction();
  expectTypeOf<ReturnType<OfVitest['toChallengeFor']>>().toBeVoid();
  expectTypeOf<ReturnType<OfVitest['resolves']['toChallengeFor']>>().toEqualTypeOf<Promise<void>>();
  expectTypeOf<ReturnType<OfJest['toChallengeFor']>>().toBeVoid();
  expectTypeOf<Parameters<OfJest['not']['toBeRefusedWith']>>().toEqualTypeOf<
    Parameters<McpAuthMatchers['toBeRefusedWith']>
  >();
  expectTypeOf<ReturnType<OfJest['resolves']['toChallengeFor']>>().toEqualTypeOf<Promise<void>>();
});

test('an error code that there is not is an error', () => {
  // @ts-expect-error -- not a code of a challenge
  expectTypeOf<McpAuthMatchers['toBeRefusedWith']>().toBeCallableWith(401, 'expired');
});
