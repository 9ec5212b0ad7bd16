import { describe, expect, test } from 'vitest';
import {
  joinSenderChecks,
  proven,
  type SenderCheck,
  type SenderOutcome,
} from '../../src/sender/sender-check.js';
import { reject } from '../../src/token/verification.js';
import { createHead } from '../support/head.js';
import { tokenOf } from './proofs.js';

const sent = { head: createHead(), scheme: 'dpop', token: tokenOf('t', undefined) } as const;
const asked: string[] = [];
const check = (method: 'jkt' | 'x5t#S256', outcome: SenderOutcome | Promise<SenderOutcome>): SenderCheck => ({
  methods: new Set([method]),
  check: () => {
    asked.push(method);
    return outcome;
  },
});
const join = (...checks: readonly SenderCheck[]) => joinSenderChecks(checks)?.check(sent);

describe('several checks of one sender', () => {
  test('all must find nothing, and the first that does decides: what comes later is not asked', async () => {
    asked.length = 0;
    const wrong = reject('wrong_sender', 'cnf');
    expect(await join(check('x5t#S256', wrong), check('jkt', proven))).toBe(wrong);
    expect(asked).toEqual(['x5t#S256']);
    expect(await join(check('x5t#S256', proven), check('jkt', Promise.resolve(wrong)))).toBe(wrong);
  });

  test('a nonce that one of them has is handed on', async () => {
    const renewed = { kind: 'proven', nonce: 'n' } as const;
    expect(await join(check('jkt', renewed), check('x5t#S256', proven))).toEqual(renewed);
    expect(await join(check('jkt', proven), check('x5t#S256', proven))).toBe(proven);
  });

  test('together they can check what each of them can; none is none', () => {
    const both = joinSenderChecks([check('jkt', proven), check('x5t#S256', proven)]);
    expect([...(both?.methods ?? [])]).toEqual(['jkt', 'x5t#S256']);
    expect(joinSenderChecks([])).toBeUndefined();
  });
});
