import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checks, findBareAdmissions } from './not-tried.mjs';

const problem = (line) => [
  `docs/a.md:${line} says that something was not tried: say what was instead, and when`,
];

test('a section that says something was not tried and nothing more is found, with its line', () => {
  assert.deepEqual(findBareAdmissions('docs/a.md', '# A\n\n| Deno | not tried here |\n'), problem(3));
  assert.deepEqual(findBareAdmissions('docs/a.md', '# A\n\nIt was never tried.\n'), problem(3));
  assert.deepEqual(findBareAdmissions('docs/a.md', 'Not been tried.\n# A\n'), problem(1));
});

test('an answer in another section does not count', () => {
  const text = '# A\n\nIn November 2026, a stand-in instead.\n\n## B\n\nThis was not tried.\n';
  assert.deepEqual(findBareAdmissions('docs/a.md', text), problem(7));
});

test('a date, or what was done instead, in the same section is enough', () => {
  for (const answer of ['A stand-in was asked instead.', 'As of November 2026:', 'On 2026-11-29:'])
    assert.deepEqual(findBareAdmissions('docs/a.md', `## B\n\n${answer}\nscopes were not tried\n`), []);
});

test('other words are left alone', () => {
  assert.deepEqual(findBareAdmissions('docs/a.md', '## B\n\nThree locations are tried in order.\n'), []);
});

test('the pages of the project are such', () => {
  const [check] = Object.values(checks);
  assert.deepEqual(check(), []);
});
