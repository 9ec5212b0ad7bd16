import { describe, expect, test } from 'vitest';
import { freezeJson } from '../../src/token/freeze-json.js';
import { measureHeap } from '../soak/measure-heap.js';

test('[MCP-2026-07-28-RS-030] everything in a value is frozen, however deep', () => {
  const depth = 100_000;
  const value = JSON.parse(`{"a":${'['.repeat(depth)}{"b":{}}${']'.repeat(depth)}}`) as { a: unknown };
  freezeJson(value);
  let current: unknown = value.a;
  for (let level = 0; level < depth; level++) {
    expect(Object.isFrozen(current) || level).toBe(true);
    current = (current as unknown[])[0];
  }
  expect(Object.isFrozen(current)).toBe(true);
  expect(Object.isFrozen((current as { b: unknown }).b)).toBe(true);
});

const names = (count: number, serial: number) =>
  Array.from({ length: count }, (_, index) => `${(serial * count + index).toString(36)}-name`);
const objectWith = (members: readonly string[]) => `{${members.map((name) => `"${name}":0.1`).join(',')}}`;

/** Texts that take far more memory than they have characters. One of a kind: engines share what values have in common. */
const costly: readonly (readonly [what: string, write: (serial: number) => string])[] = [
  ['empty objects', () => `[${'{},'.repeat(3000)}0]`],
  ['empty lists', () => `[${'[],'.repeat(3000)}0]`],
  ['members', (serial) => objectWith(names(700, serial))],
  [
    'objects with a name of their own',
    (serial) =>
      `[${names(700, serial)
        .map((name) => objectWith([name]))
        .join()}]`,
  ],
  [
    'objects with many names of their own',
    (serial) => `[${[0, 1, 2].map((part) => objectWith(names(200, 3 * serial + part))).join()}]`,
  ],
  ['numbers that are names', () => `[${'{"1000":1},'.repeat(900)}0]`],
  ['numbers', () => `["",${'0.1,'.repeat(2900)}0]`],
  ['lists in lists', () => `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ['text beyond Latin', (serial) => `"${serial}${'語'.repeat(3000)}"`],
];

describe('[MCP-2026-07-28-RS-030] a value is charged with what it takes, not with the length of its text', () => {
  test.each(costly)('%s', (_what, write) => {
    const count = 100;
    for (let serial = 0; serial < 5; serial++) JSON.parse(write(serial));
    const before = measureHeap();
    const values: object[] = [];
    let charged = 0;
    for (let serial = 5; serial < count; serial++) {
      const value = { claim: JSON.parse(write(serial)) as unknown };
      charged += freezeJson(value);
      values.push(value);
    }
    expect(measureHeap() - before).toBeLessThan(1.2 * charged);
    expect(values).toHaveLength(count - 5);
  });
});
