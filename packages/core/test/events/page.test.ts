import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DecisionEvent, MCPAuthEvent } from '../../src/index.js';

const page = readFileSync(new URL('../../../../docs/configure/events.md', import.meta.url), 'utf8');
const [, rest = ''] = page.split(/^## .*\{#events\}$/m);
const [all = ''] = rest.split('\n## ');
// The options of the log have a table too, which is generated
const written = all.replace(/<!-- options:[^]*?<!-- \/options -->/g, '');
const [events = '', decisions = ''] = written.split('### Decisions {#decisions}');

type MembersOf<Type> = Type extends unknown
  ? Exclude<keyof Type, 'version' | 'time' | 'level' | 'type'>
  : never;
type EventOf<Type> = Extract<MCPAuthEvent, { readonly type: Type }>;

/** Of each event but a decision, which has a table. The compiler holds it against the types. */
const members: {
  readonly [Type in Exclude<MCPAuthEvent['type'], 'decision'>]: Readonly<
    Record<MembersOf<EventOf<Type>>, true>
  >;
} = {
  warning: { message: true },
  fault: { issuer: true, purpose: true, attempts: true, error: true, hint: true },
  outage: { issuer: true, purpose: true, phase: true, durationMs: true },
  policy: { resource: true, error: true },
  store: { store: true, phase: true, whenUnavailable: true, reason: true, durationMs: true },
  stream: { resource: true, reason: true, count: true, open: true },
  limit: { resource: true, peer: true, issuer: true, clientId: true, failures: true, windowSeconds: true },
  cache: { cache: true, issuer: true, maxEntries: true, maxBytes: true, dropped: true },
  keys: {
    issuer: true,
    url: true,
    change: true,
    count: true,
    added: true,
    withdrawn: true,
    leftOut: true,
    freshMs: true,
  },
  dependency: { issuer: true, purpose: true, code: true, startedAt: true, durationMs: true },
};

const ofDecisions: Readonly<Record<MembersOf<DecisionEvent>, true>> = {
  outcome: true,
  resource: true,
  route: true,
  httpMethod: true,
  operations: true,
  via: true,
  caller: true,
  required: true,
  granted: true,
  configuredIssuer: true,
  verification: true,
  rules: true,
  memory: true,
  binding: true,
  requestId: true,
  traceparent: true,
  status: true,
  code: true,
  claim: true,
  expected: true,
  actual: true,
  claimed: true,
  hint: true,
  observed: true,
  reason: true,
};

/** Rows of a table that begin with code, by their cells. */
const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').slice(1, -1));
const namesIn = (cell = '') => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);

const types = ['decision', ...Object.keys(members)].sort();

describe('the page about events', () => {
  test('has a row for every type, and for no other', () => {
    expect(
      rowsOf(events)
        .flatMap(([name]) => namesIn(name))
        .sort(),
    ).toEqual(types);
  });

  test.each(Object.entries(members))('names every member of %s', (type, expected) => {
    const row = rowsOf(events).find(([name]) => namesIn(name)[0] === type) ?? [];
    expect(namesIn(row[2])).toEqual(expect.arrayContaining(Object.keys(expected)));
  });

  test('names every member of a decision, and no other', () => {
    expect(
      rowsOf(decisions)
        .flatMap(([name]) => namesIn(name))
        .sort(),
    ).toEqual(Object.keys(ofDecisions).sort());
  });

  test('shows a listener that knows every type', () => {
    const cases = [...events.matchAll(/case '(\w+)'/g)].map(([, type]) => type);
    expect(cases.sort()).toEqual(types);
  });
});
