import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findUncited, findUnknownCitations, readSections } from './standards.mjs';

const known = readSections('# number\tsections\n9728\t1 3 3.1 5.1 7.10 A\n6750\t2.1 3.1\n');
const judge = (text) => findUnknownCitations('a.md', text, known);
const noSection = (clause, line = 1) => `a.md:${line} cites RFC ${clause}, and there is no such section`;

for (const [form, text, clause] of [
  ['with a sign', 'see RFC 9728 §3.4.', '9728 §3.4'],
  ['in words', 'see RFC 9728 section 3.11', '9728 §3.11'],
  ['in words with a comma', 'see RFC 9728, Section 9', '9728 §9'],
  ['after another one', 'RFC 9728 §3.1 and §3.5', '9728 §3.5'],
  ['of the second RFC', 'RFC 9728 §3.1, RFC 6750 §5.1', '6750 §5.1'],
  ['in an address', '[a](https://www.rfc-editor.org/rfc/rfc6750#section-4)', '6750 §4'],
  ['of the flow viewer', "challenge: ['6750 §3', '9728 §5.1']", '6750 §3'],
  ['in data', '"source": "RFC 9728",\n    "section": "3.9 with others",', '9728 §3.9'],
  ['in a table', 'RFC9728-1\tMUST\tRFC 9728\t8\n', '9728 §8'],
]) {
  test(`a section that does not exist is found ${form}`, () => {
    assert.deepEqual(judge(text), [noSection(clause)]);
  });
}

test('the line is named', () => {
  assert.deepEqual(judge('# A\n\nRFC 9728 §4\n'), [noSection('9728 §4', 3)]);
});

test('an RFC that nobody looked up is found', () => {
  const problem = 'a.md:1 cites RFC 9999, which is not in scripts/checks/standards/rfc-sections.tsv';
  assert.deepEqual(judge('as RFC 9999 says'), [problem]);
});

test('what exists may be cited in each form', () => {
  assert.deepEqual(judge('RFC 9728 §3.1, §5.1 and §7.10; RFC 6750, section 2.1. RFC 9728. RFC6750'), []);
  assert.deepEqual(judge("rfc/rfc9728#section-3.1 rfc9728#appendix-A '9728 §5.1'"), []);
});

test('an RFC that is listed and not cited is found', () => {
  assert.deepEqual(findUncited(['RFC 9728'], known), [
    'scripts/checks/standards/rfc-sections.tsv lists RFC 6750, which nothing cites',
  ]);
});
