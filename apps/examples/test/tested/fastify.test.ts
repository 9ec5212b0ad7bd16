import { createTestClock, createTestIssuer, testFastify } from '@mcp-auth/testing';
import '@mcp-auth/testing/vitest';
import { expect, test } from 'vitest';
import { createApp } from '../../src/tested/fastify.js';

const audience = 'http://localhost:3000/mcp';
const clock = createTestClock();
const issuer = createTestIssuer({ audience, clock });
const server = testFastify(await createApp({ ...issuer.mcpAuthOptions, log: false }));
const mint = (...scopes: string[]) => issuer.mintToken({ scopes });
const call = (name: string, token?: string) =>
  server.request('/mcp', { token, call: { method: 'tools/call', params: { name } } });

test('scopes and step-up', async () => {
  expect(await call('read_note')).toChallengeFor({ scopes: ['notes:read'], error: null });
  expect(await call('read_note', await mint('notes:read'))).toHaveProperty('status', 200);
  expect(await call('write_note', await mint('notes:read'))).toChallengeFor(['notes:read', 'notes:write']);
});
test('expiry, rotation of keys, outage', async () => {
  const token = await mint('notes:read');
  clock.advanceSeconds(600);
  expect(await call('read_note', token)).toBeRefusedWith(401, 'invalid_token');
  issuer.rotateKeys();
  issuer.goDown();
  expect(await call('read_note', await mint('notes:read'))).toBeRefusedWith(503);
  issuer.comeBack();
  clock.advanceSeconds(10);
  expect(await call('read_note', await mint('notes:read'))).toHaveProperty('status', 200);
});
