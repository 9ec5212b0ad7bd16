import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCitations, findReason, judgeManifest } from './requirements.mjs';

const catalogue = [
  { id: 'RFC6750-3-01', level: 'MUST', role: 'resource-server' },
  { id: 'RFC6750-3.1-01', level: 'SHOULD', role: 'resource-server' },
  { id: 'RFC9449-9-01', level: 'MUST', role: 'resource-server' },
];

test('an id is found where a test cites it, and not inside a longer one', () => {
  const citations = findCitations(catalogue, [
    { file: 'a.test.ts', text: "test('[RFC6750-3.1-01] refuses')" },
  ]);
  assert.deepEqual([...citations.keys()], ['RFC6750-3.1-01']);
});

test('a requirement that nobody shows or excludes fails the build', () => {
  const citations = findCitations(catalogue, [{ file: 'a.test.ts', text: '[RFC6750-3-01]' }]);
  assert.deepEqual(judgeManifest(catalogue, citations, { 'RFC9449-*': 'not offered' }), [
    'RFC6750-3.1-01 (SHOULD, resource-server) is cited by no test and not excluded',
  ]);
});

test('an exclusion of something that a test shows is a contradiction', () => {
  const citations = findCitations(catalogue, [
    { file: 'a.test.ts', text: '[RFC6750-3-01] [RFC6750-3.1-01] [RFC9449-9-01]' },
  ]);
  assert.equal(judgeManifest(catalogue, citations, { 'RFC6750-3-01': 'no' }).length, 1);
  assert.equal(judgeManifest(catalogue, citations, { 'RFC1-1': 'no' }).length, 1);
});

test('a family of exclusions covers its members only', () => {
  assert.equal(findReason('RFC9449-9-01', { 'RFC9449-*': 'not offered' }), 'not offered');
  assert.equal(findReason('RFC6750-3-01', { 'RFC9449-*': 'not offered' }), undefined);
});
