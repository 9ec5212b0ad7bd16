import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  describeSubject,
  formatAnswers,
  readSubjects,
  replaceAnswers,
} from '../lib/compare/format-answers.mjs';
import { subjects } from '../lib/compare/subjects.mjs';

const answer = (status, challenge = '', more = {}) => ({
  status,
  challenge,
  retryAfter: null,
  body: '',
  ...more,
});
const keys = ['none', 'metadata', 'good', 'expired', 'audience', 'scope', 'rotated', 'outage'];

test('an answer is told by its status, its code, and what a client acts on', () => {
  const answers = {
    ...Object.fromEntries(keys.map((key) => [key, answer(200)])),
    none: answer(401, 'Bearer resource_metadata="https://a.example.com/x", scope="a b"'),
    metadata: answer(404),
    expired: answer(401, 'Bearer realm="x", error="invalid_token", error_description="no scope here"'),
    outage: answer(503, '', { retryAfter: '1' }),
  };
  const table = formatAnswers([{ name: 'X 1', answers }]);
  assert.match(table, /^\| no token \| 401, names `resource_metadata`, `scope` \|$/m);
  assert.match(table, /^\| a request for the metadata of the resource \| 404, yours to write \|$/m);
  assert.match(table, /^\| an expired token \| 401, `invalid_token` \|$/m);
  assert.match(table, /^\| a good token, the first request, .* \| 503, `Retry-After` \|$/m);
  const page = replaceAnswers('a\n<!-- answers -->\nold\n<!-- /answers -->\nb', table);
  assert.doesNotMatch(page, /old/);
  assert.deepEqual(readSubjects(page), ['X 1']);
  assert.throws(() => replaceAnswers('a', table), /no marks/);
});

for (const language of ['en', 'ko', 'ja', 'zh-tw']) {
  const page = language === 'en' ? 'guide' : `${language}/guide`;
  test(`docs/${page}/compare.md has the answers of the versions that are installed; node benchmarks/compare.mjs --write asks them`, () => {
    const text = readFileSync(new URL(`../../docs/${page}/compare.md`, import.meta.url), 'utf8');
    assert.deepEqual(
      readSubjects(text),
      subjects.map((subject) => describeSubject(subject, language)),
    );
  });
}
