import '@mcp-auth/testing/vitest';
import { startTestIssuer, testExpress } from '@mcp-auth/testing';
import { afterAll, expect, test } from 'vitest';
import { createApp } from '../src/app.js';

const resource = 'http://localhost:3000/mcp';
const issuer = await startTestIssuer({ audience: resource });
const server = await testExpress(createApp({ resource, authorizationServers: [issuer.issuer] }));

afterAll(async () => {
  await server.close();
  await issuer.close();
});

function callTool(token: string | undefined, name: string, args: Record<string, unknown> = {}) {
  const call = { method: 'tools/call', params: { name, arguments: args } };
  return server.request('/mcp', { token, call, headers: { host: new URL(resource).host } });
}

test('sends a client without a token to the login', async () => {
  const response = await callTool(undefined, 'list-notes');
  expect(response).toBeRefusedWith(401, null);
  expect(response).toChallengeFor(['notes:read']);
});

test.each(['expired', 'wrongAudience', 'strangersKey', 'idToken'] as const)(
  'refuses a bad token: %s',
  async (fault) => {
    const token = await issuer.mintBrokenToken(fault, { scopes: ['notes:read'] });
    expect(await callTool(token, 'list-notes')).toBeRefusedWith(401, 'invalid_token');
  },
);

test('asks for more where a tool needs more', async () => {
  const token = await issuer.mintToken({ scopes: ['notes:read'] });
  const response = await callTool(token, 'add-note', { text: 'Buy milk' });
  expect(response).toBeRefusedWith(403, 'insufficient_scope');
  expect(response).toChallengeFor(['notes:read', 'notes:write']);
});

test('keeps the notes of each user apart', async () => {
  const scopes = ['notes:read', 'notes:write'];
  const alice = await issuer.mintToken({ subject: 'alice', scopes });
  const bob = await issuer.mintToken({ subject: 'bob', scopes });
  await callTool(alice, 'add-note', { text: 'Buy milk' });

  expect(await (await callTool(alice, 'list-notes')).text()).toContain('Buy milk');
  const response = await callTool(bob, 'list-notes');
  expect(response.status).toBe(200);
  expect(await response.text()).not.toContain('Buy milk');
});
