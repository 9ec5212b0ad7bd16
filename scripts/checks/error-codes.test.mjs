import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  compareCodes,
  findUnproducedCodes,
  readAnchors,
  readCodes,
  readSourceCodes,
} from './error-codes.mjs';

test('codes are the members of the unions that are asked for', () => {
  const source = `
    export type TokenErrorCode = 'one_thing' | 'another_thing';
    export type OnlyErrorCode = 'alone_here';
    export type Else = 'not_asked';`;

  assert.deepEqual(
    readCodes(source, (name) => name.endsWith('ErrorCode')),
    ['one_thing', 'another_thing', 'alone_here'],
  );
});

test('headings of codes are read with their anchors, others are left alone', () => {
  const text =
    '## `no_code` {#no_code}\n### `one_thing` {#one_thing}\n### 401 `two_things`\n### Words {#words}\n';

  assert.deepEqual(readAnchors(text), [
    { code: 'one_thing', anchor: 'one_thing' },
    { code: 'two_things', anchor: undefined },
  ]);
});

test('a code without an explanation is found, and an explanation without a code', () => {
  const anchors = [
    { code: 'one_thing', anchor: 'one_thing' },
    { code: 'old_thing', anchor: 'old_thing' },
  ];

  assert.deepEqual(compareCodes(['one_thing', 'new_thing'], anchors), [
    'docs/errors.md does not explain new_thing',
    'docs/errors.md explains old_thing, which exists nowhere',
  ]);
});

test('an anchor that is not the code is found, and a code explained twice', () => {
  const anchors = [
    { code: 'one_thing', anchor: 'one-thing' },
    { code: 'one_thing', anchor: 'one_thing' },
  ];

  assert.deepEqual(compareCodes(['one_thing'], anchors), [
    'docs/errors.md: the anchor of one_thing is one-thing',
    'docs/errors.md explains one_thing twice',
  ]);
});

test('a code that nothing produces is found', () => {
  const sources = ["throw new Problem('one_thing')", '// another_thing'];

  assert.deepEqual(findUnproducedCodes(['one_thing', 'another_thing'], sources), [
    'another_thing is a code that nothing in the core produces',
  ]);
});

test('the source has codes of all four classes, of challenges and of events', () => {
  const codes = readSourceCodes();

  for (const code of ['invalid_option', 'issuer_mismatch', 'wrong_audience', 'missing_credentials']) {
    assert.ok(codes.has(code), code);
  }
  for (const code of ['invalid_token', 'temporarily_unavailable', 'authorization_server_unavailable']) {
    assert.ok(codes.has(code), code);
  }
});
