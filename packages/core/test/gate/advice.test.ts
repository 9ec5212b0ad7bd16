import { describe, expect, test } from 'vitest';
import { adviseOnRefusal, mayHaveBody } from '../../src/gate/judge-operations.js';
import type { Refusal } from '../../src/operation/verdict.js';
import { createHead } from '../support/head.js';

function advise(
  reason: Refusal['reason'],
  operation: { readonly method: string; readonly group?: 'tools' | 'resources'; readonly target?: string },
  path?: string,
): string {
  const { method, group, target } = operation;
  return adviseOnRefusal({
    kind: 'refuse',
    reason,
    operation: { method, group, target, params: undefined, variables: {}, arguments: undefined },
    path,
  });
}

describe('the owner is told in one sentence why something was answered as unknown, and what lets it through', () => {
  const tool = { method: 'tools/call', group: 'tools', target: 'sum' } as const;
  const all = 'operations.tools["*"]';
  const withoutLine = `operations.tools does not name`;

  test.each<[what: string, say: () => string, expected: string]>([
    [
      'a method of no revision',
      () => advise('method', { method: 'notes/erase' }),
      '"notes/erase" is not a method of any MCP revision, so it was answered as unknown. To let it through: operations: { methods: { "notes/erase": [] } }.',
    ],
    [
      'a method that only servers send',
      () => advise('method', { method: 'sampling/createMessage' }),
      '"sampling/createMessage" is a method that only servers send, so it was answered as unknown. Nothing has to be done.',
    ],
    [
      'a method that the rules leave out',
      () => advise('target', { method: 'tools/list' }, 'operations.methods["*"]'),
      `operations.methods does not name "tools/list", and its '*' is 'refuse', so it was answered as unknown. To let it through: operations: { methods: { "tools/list": [] } }.`,
    ],
    [
      'a tool that its group leaves out',
      () => advise('target', tool, all),
      `operations.tools does not name "sum", and its '*' is 'refuse', so it was answered as unknown. To let it through: operations: { tools: { "sum": [] } }.`,
    ],
    [
      'a tool without its group',
      () => advise('target', tool, 'operations.methods["*"]'),
      `There is no operations.tools, and '*' in operations.methods is 'refuse', so "sum" was answered as unknown. To let it through: operations: { tools: { "sum": [], '*': 'refuse' } }.`,
    ],
    [
      'a tool without its group, where no rule is known to have decided',
      () => advise('target', tool),
      `There is no operations.tools, and '*' in operations.methods is 'refuse', so "sum" was answered as unknown. To let it through: operations: { tools: { "sum": [], '*': 'refuse' } }.`,
    ],
    [
      'a name of 200 characters, which is not cut',
      () => advise('target', { ...tool, target: 'x'.repeat(200) }, all),
      `${withoutLine} "${'x'.repeat(200)}", and its '*' is 'refuse', so it was answered as unknown. To let it through: operations: { tools: { "${'x'.repeat(200)}": [] } }.`,
    ],
    [
      'a longer name, of which nobody can write the line',
      () => advise('target', { ...tool, target: 'x'.repeat(201) }, all),
      `${withoutLine} "${'x'.repeat(200)}", and its '*' is 'refuse', so it was answered as unknown.`,
    ],
    [
      'a name that begins as one that literals do not make a member of',
      () => advise('target', { ...tool, target: '__proto__x' }, all),
      `${withoutLine} "__proto__x", and its '*' is 'refuse', so it was answered as unknown. To let it through: operations: { tools: { "__proto__x": [] } }.`,
    ],
    [
      'a name that ends as such a one',
      () => advise('target', { ...tool, target: 'x__proto__' }, all),
      `${withoutLine} "x__proto__", and its '*' is 'refuse', so it was answered as unknown. To let it through: operations: { tools: { "x__proto__": [] } }.`,
    ],
    [
      'a resource that cannot be read',
      () => advise('unreadable', { method: 'resources/read', group: 'resources', target: 'a:%252F' }),
      'The resource "a:%252F" was answered as unknown: it cannot be decoded, or holds encoded delimiters or dot segments, so nobody can tell which rule is about it.',
    ],
    ['a tool that a rule refuses', () => advise('rule', tool), 'operations.tools refuses "sum".'],
    [
      'a method that a rule refuses',
      () => advise('rule', { method: 'tools/list' }),
      'operations.methods refuses "tools/list".',
    ],
  ])('%s', (_what, say, expected) => {
    expect(say()).toBe(expected);
  });

  test.each(['*', 'a{b', 'a}b', '__proto__'])('no line is offered for the name %s', (target) => {
    expect(advise('target', { ...tool, target }, all)).toBe(
      `${withoutLine} ${JSON.stringify(target)}, and its '*' is 'refuse', so it was answered as unknown.`,
    );
  });
});

describe('a request is asked the second question unless it can have no body', () => {
  test.each<[method: string, headers: Record<string, string>, expected: boolean]>([
    ['POST', {}, true],
    ['POST', { 'content-length': '0' }, true],
    ['DELETE', {}, true],
    ['OPTIONS', {}, true],
    ['GET', { 'content-length': '5' }, true],
    ['GET', { 'transfer-encoding': 'chunked' }, true],
    ['GET', { 'content-length': '0', 'transfer-encoding': 'chunked' }, true],
    ['HEAD', { 'content-length': '5' }, true],
    ['GET', {}, false],
    ['GET', { 'content-length': '0' }, false],
    ['HEAD', {}, false],
  ])('%s %j: %s', (method, headers, expected) => {
    expect(mayHaveBody(createHead({ method, headers }))).toBe(expected);
  });
});
