import { expect, test } from 'vitest';
import { lastCode, protect, refused } from '../support/protect.js';

test('a gate says whether it asks the second question', async () => {
  const options = { operations: { tools: { '*': [] } } } as const;
  expect((await protect()).gate.judgesOperations).toBe(false);
  expect((await protect({ options })).gate.judgesOperations).toBe(true);
});

test('[RFC6750-3.1-04] an empty Authorization header is a request without credentials, to the owner as well', async () => {
  const { askWith, events } = await protect();
  expect(refused(await askWith({ headers: { authorization: '' } })).status).toBe(401);
  expect(lastCode(events)).toBe('missing_credentials');
});
