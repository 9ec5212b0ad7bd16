import cedar from '@cedar-policy/cedar-wasm/nodejs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { byCedar } from '../../src/policies/cedar.js';
import { testRefunds } from './refunds.js';
import { serve } from './server-with-policy.js';

const clerk = { subject: 'clerk' };

describe('Cedar, as WebAssembly in this process', () => {
  testRefunds(() => serve(byCedar));

  test('takes no other amount for the one that runs: fractions and what no number can hold', async () => {
    for (const amount of [99.5, 1e30, -0.5, null, true]) {
      expect(await serve(byCedar).call(clerk, 'refund', { amount })).not.toBe('ran');
    }
  });
});

describe('Cedar that does not run, or answers something else, is 503', () => {
  afterEach(() => vi.restoreAllMocks());

  test.each<[string, () => unknown]>([
    [
      'a trap',
      () => {
        throw new WebAssembly.RuntimeError('unreachable');
      },
    ],
    ['a failure', () => ({ type: 'failure', errors: [], warnings: [] })],
    [
      'an allow beside a policy that failed',
      () => ({
        type: 'success',
        warnings: [],
        response: { decision: 'allow', diagnostics: { reason: [], errors: [{ policyId: 'p', error: {} }] } },
      }),
    ],
    [
      'another word',
      () => ({
        type: 'success',
        warnings: [],
        response: { decision: 'Allow', diagnostics: { reason: [], errors: [] } },
      }),
    ],
  ])('%s', async (_what, answer) => {
    vi.spyOn(cedar, 'statefulIsAuthorized').mockImplementation(answer as never);
    const { call, list, outages } = serve(byCedar);
    expect(await call(clerk, 'list-refunds')).toBe(503);
    expect(await list(clerk, ['list-refunds'])).toBe('policy_unavailable');
    expect(outages()).toBeGreaterThan(0);
  });
});
