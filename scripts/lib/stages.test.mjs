import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { root } from './project.mjs';
import { stages } from './stages.mjs';

const names = stages.map(({ name }) => name);

test('contributors are told about every stage, and about no other', () => {
  const table = readFileSync(`${root}CONTRIBUTING.md`, 'utf8').split('\n| Stage')[1].split('\n\n')[0];
  assert.deepEqual(
    [...table.matchAll(/^\| `([a-z]+)`/gm)].map(([, name]) => name),
    names,
  );
});

test('a stage needs only stages that come before it', () => {
  for (const [index, { name, needs }] of stages.entries()) {
    for (const needed of needs) assert.ok(names.slice(0, index).includes(needed), `${name} needs ${needed}`);
  }
});
