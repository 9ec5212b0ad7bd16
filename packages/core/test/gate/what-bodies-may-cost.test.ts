import { expect, test } from 'vitest';
import { allowed, protect } from '../support/protect.js';

test.each([
  [500, 1000, 500],
  [5000, 1000, 1000],
])(
  'of a limit of %i bytes without a token, and of %i bytes with one, a caller without a token gets %i',
  async (maxAnonymousBodyBytes, maxBodyBytes, expected) => {
    const operations = { tools: { help: 'anonymous', '*': [] } } as const;
    const { gate, ask, issuer } = await protect({
      options: { operations, maxBodyBytes, maxAnonymousBodyBytes, bodyTimeoutMs: 1234 },
    });
    const auth = allowed(await ask(await issuer.sign()));
    const known = gate.bodyLimits(auth);
    expect(known).toMatchObject({ maxBytes: maxBodyBytes, timeoutMs: 1234, anonymous: false });
    expect(gate.bodyLimits(undefined)).toEqual({ ...known, maxBytes: expected, anonymous: true });
  },
);
