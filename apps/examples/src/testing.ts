import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MCPAuth } from '@mcp-auth/core/fetch';
import { brokenTokenNames, createTestIssuer, testFetch } from '@mcp-auth/testing';
import { assertChallengeFor, assertRefusedWith } from '@mcp-auth/testing/node';

const resource = 'https://api.example.com/mcp';
const scopes = ['notes:read'];
const issuer = createTestIssuer({ audience: resource });

const mcpAuth = new MCPAuth({ resource, ...issuer.mcpAuthOptions, log: false });
const handler = mcpAuth.protect({ fetch: () => new Response('Hello') }, { requiredScopes: scopes });
const server = testFetch(handler);

test('whoever has no token learns what to ask for', async () => {
  assertChallengeFor(await server.request('/mcp'), { scopes, error: null });
});

test('no broken token passes', async () => {
  for (const name of brokenTokenNames) {
    const token = await issuer.mintBrokenToken(name, { scopes });
    assertRefusedWith(await server.request('/mcp', { token }), 401, 'invalid_token');
  }
});

test('a good one does', async () => {
  const token = await issuer.mintToken({ subject: 'alice', scopes });
  assert.equal((await server.request('/mcp', { token })).status, 200);
});
