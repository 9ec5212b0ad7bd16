import { expect, test } from 'vitest';
import { cases, coveringCases } from '../../src/index.js';

const factsOf = (entries: typeof cases) =>
  new Set(entries.flatMap(({ profile, requirements }) => [profile, ...requirements]));

test('the covering cases leave out no configuration and no requirement', () => {
  expect(factsOf(coveringCases)).toEqual(factsOf(cases));
});

test('they leave out nothing that frameworks answer in their own way: what an application throws', () => {
  const thrown = (entries: typeof cases) => entries.filter(({ expect: { status } }) => status === 500);
  expect(thrown(coveringCases)).toEqual(thrown(cases));
  expect(thrown(cases).length).toBeGreaterThan(20);
});

test('they are few', () => {
  expect(coveringCases.length * 5).toBeLessThan(cases.length);
});
