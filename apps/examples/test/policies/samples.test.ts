import { createOperations, TodoStore } from '@mcp-auth/app-todo-manager';
import { describe, expect, test } from 'vitest';
import { refunds } from '../../src/policies/refunds.js';
import { askEverywhere, type Caller, issuer } from './ask-everywhere.js';

describe('refunds over 100 need a manager', () => {
  const clerk = { subject: 'clerk', scopes: ['refunds:read'] };
  const manager = { ...clerk, subject: 'manager', role: 'manager' };

  test.each<[string, Caller | undefined, object]>([
    ['101', clerk, { amount: 101 }],
    ['101 as a string', clerk, { amount: '101' }],
    ['5 as a string, which a tool may read in another way', clerk, { amount: '5' }],
    ['no amount', clerk, {}],
    ['a list', clerk, { amount: [1] }],
    ['a role that only looks like it', { ...clerk, role: 'Manager' }, { amount: 101 }],
  ])('%s is denied in each place, and the tool is listed', async (_what, caller, given) => {
    expect(await askEverywhere(refunds, caller, 'refund', given)).toEqual({
      gate: 'Refunds over 100 need a manager.',
      call: 'policy_denied',
      challenge: 'policy_denied',
      isListed: true,
    });
  });

  test('without a token: 401', async () => {
    const found = await askEverywhere(refunds, undefined, 'refund', { amount: 101 });
    expect(found).toMatchObject({ gate: 401, call: 401 });
    expect(found.challenge).not.toBe('ran');
  });

  test.each([
    ['up to 100 by anybody', clerk, { amount: 100 }],
    ['any amount by a manager', manager, { amount: 5000 }],
  ])('%s', async (_what, caller, given) => {
    const passed = { gate: 'ran', call: 'ran', challenge: 'ran', isListed: true };
    expect(await askEverywhere(refunds, caller, 'refund', given)).toEqual(passed);
  });
});

describe('everybody changes their own rows, administrators all', () => {
  const todos = new TodoStore();
  const operations = createOperations(todos);
  const alices = todos.add({ issuer, subject: 'alice' }, 'water the plants');
  const elsewhere = todos.add({ issuer: 'https://other.example.com', subject: 'bob' }, 'not of this bob');
  const write = (subject: string, ...more: string[]) => ({ subject, scopes: ['todo:write', ...more] });

  test.each<[string, unknown]>([
    ['a row of somebody else', alices.id],
    ['a row of a namesake at another issuer', elsewhere.id],
    ['no row', 'none'],
    ['what is no id', { id: alices.id }],
    ['nothing', undefined],
  ])('%s: one answer, in each place', async (_what, id) => {
    for (const tool of ['complete-todo', 'delete-todo']) {
      expect(await askEverywhere(operations, write('bob'), tool, { id })).toEqual({
        gate: "There is no such item among the caller's; others' need the scope todo:admin.",
        call: 'policy_denied',
        challenge: 'policy_denied',
        isListed: true,
      });
    }
  });

  test('who only reads learns nothing about rows, also not of the own ones', async () => {
    for (const id of [alices.id, 'none']) {
      const reader = { subject: 'alice', scopes: ['todo:read'] };
      const found = await askEverywhere(operations, reader, 'delete-todo', { id });
      expect(found).toEqual({ gate: 403, call: 'insufficient_scope', challenge: 403, isListed: false });
    }
  });

  test('the own row, and each row for an administrator', async () => {
    const passed = { gate: 'ran', call: 'ran', challenge: 'ran', isListed: true };
    expect(await askEverywhere(operations, write('alice'), 'complete-todo', { id: alices.id })).toEqual(
      passed,
    );
    const admin = { subject: 'admin', scopes: ['todo:admin'] };
    expect(await askEverywhere(operations, admin, 'delete-todo', { id: elsewhere.id })).toEqual(passed);
  });
});
