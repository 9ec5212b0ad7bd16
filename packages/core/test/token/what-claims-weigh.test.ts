import { describe, expect, test } from 'vitest';
import { freezeJson } from '../../src/token/freeze-json.js';
import { measureHeap } from '../soak/measure-heap.js';

const listOf = <Item>(count: number, write: (index: number) => Item) =>
  Array.from({ length: Math.ceil(count) }, (_, index) => write(index));

/** Claims of so many bytes, as one issuer writes them for many users. */
const shapes: Readonly<Record<string, (serial: number, bytes: number) => unknown>> = {
  'a long text': (serial, bytes) => `${serial}-`.padEnd(bytes, 'x'),
  'a long text of Latin-1': (serial, bytes) => `${serial}-`.padEnd(bytes, 'é'),
  'a long text of two bytes a character': (serial, bytes) => `${serial}-`.padEnd(bytes, '語'),
  groups: (serial, bytes) => listOf(bytes / 16, (index) => `group-${serial}-${index}`),
  'scopes that all tokens have in common': (_serial, bytes) => listOf(bytes / 12, (index) => `s:${index}`),
  'many small members': (serial, bytes) =>
    Object.fromEntries(
      listOf(bytes / 24, (index) => [`member${index}`, `value-${serial}-${index}`] as const),
    ),
  'names of digits that are no indexes': (serial, bytes) =>
    Object.fromEntries(
      listOf(bytes / 30, (index) => [`0${1000 + index}`, `value-${serial}-${index}`] as const),
    ),
  'yes and no': (serial, bytes) =>
    Object.fromEntries(listOf(bytes / 16, (index) => [`flag${index}`, (serial + index) % 2 === 0] as const)),
  objects: (serial, bytes) =>
    listOf(bytes / 50, (index) => ({ id: `role-${serial}-${index}`, name: 'editor', level: 3 })),
  numbers: (serial, bytes) => listOf(bytes / 6, (index) => (serial + index) / 10),
  'whole numbers': (serial, bytes) => listOf(bytes / 6, (index) => serial + index),
};

/** `npm run test:long` has more of them. */
const sizes = process.env.SOAK === 'full' ? [300, 1024, 4096, 16_384] : [300, 4096];

describe.each(Object.keys(shapes))('[MCP-2026-07-28-RS-030] what claims are charged with: %s', (name) => {
  test.each(sizes)('%i bytes, within 20 percent of the heap', { timeout: 60_000 }, (size) => {
    const write = (serial: number) =>
      JSON.parse(
        JSON.stringify({
          iss: 'https://auth.example.com',
          sub: `a-user-with-number-${serial}`,
          exp: 4_000_000_000,
          value: shapes[name]?.(serial, size),
        }),
      ) as object;
    // What all have in common is there before
    const first = listOf(20, (index) => write(1_000_000 + index));
    for (const value of first) freezeJson(value);
    // Enough for what else comes and goes in the process not to count
    const count = Math.ceil(10_000_000 / size);
    const values: object[] = [];
    let charged = 0;
    const before = measureHeap();
    for (let serial = 0; serial < count; serial++) {
      const value = write(serial);
      charged += freezeJson(value);
      values.push(value);
    }
    const taken = measureHeap() - before - 8 * values.length;
    expect(first).toHaveLength(20);
    expect(charged / taken).toBeGreaterThan(0.8);
    expect(charged / taken).toBeLessThan(1.2);
  });
});
