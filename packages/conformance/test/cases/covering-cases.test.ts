import { expect, test } from 'vitest';
import { cases, coveringCases } from '../../src/index.js';

const factsOf = (entries: typeof cases) =>
  new Set(entries.flatMap(({ profile, requirements }) => [profile, ...requirements]));

test('the covering cases leave out no configuration and no requirement', () => {
  expect(factsOf(coveringCases)).toEqual(factsOf(cases));
});

test('they are few', () => {
  expect(coveringCases.length * 5).toBeLessThan(cases.length);
});
