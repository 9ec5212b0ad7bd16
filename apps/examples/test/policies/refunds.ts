import { expect, test } from 'vitest';
import type { serve } from './server-with-policy.js';
import { denied } from './server-with-policy.js';

const clerk = { subject: 'clerk' };
const manager = { subject: 'manager', groups: ['managers'] };

/** What the policy about refunds decides, whichever engine has it. */
export function testRefunds(start: () => ReturnType<typeof serve>): void {
  test.each<[string, object]>([
    ['over 100', { amount: 101 }],
    ['without an amount', {}],
    ['of an amount that is a string', { amount: '5' }],
    ['of an amount that is a list', { amount: [5] }],
  ])('a refund %s is denied to a clerk', async (_what, given) => {
    expect(await start().call(clerk, 'refund', given)).toBe(denied);
  });

  test('a tool that no policy is about is denied, and not listed', async () => {
    expect(await start().call(clerk, 'delete-everything')).toBe(denied);
    expect(await start().list(clerk, ['list-refunds', 'delete-everything'])).toEqual(['list-refunds']);
  });

  test('without a token: 401, and nothing is listed', async () => {
    expect(await start().call(undefined, 'list-refunds')).toBe(401);
    expect(await start().list(undefined, ['list-refunds'])).toEqual([]);
  });

  test('a clerk refunds up to 100, a manager any amount', async () => {
    const { call } = start();
    expect(await call(clerk, 'refund', { amount: 100 })).toBe('ran');
    expect(await call(manager, 'refund', { amount: 5000 })).toBe('ran');
    expect(await call(clerk, 'list-refunds')).toBe('ran');
  });

  test('a list shows what depends on an amount', async () => {
    const { list } = start();
    expect(await list(clerk, ['refund', 'list-refunds', 'x'])).toEqual(['refund', 'list-refunds']);
    expect(await list(manager, ['refund', 'list-refunds', 'x'])).toEqual(['refund', 'list-refunds', 'x']);
  });
}
