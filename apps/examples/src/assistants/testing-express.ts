import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { MCPAuth } from '@mcp-auth/express';
import { brokenTokenNames, createTestIssuer, testExpress } from '@mcp-auth/testing';
import { assertChallengeFor, assertRefusedWith } from '@mcp-auth/testing/node';
import express from 'express';

const resource = 'https://mcp.example.com/mcp';
const scopes = ['notes:read'];
const issuer = createTestIssuer({ audience: resource });

/** Your own server takes its authorization servers as an argument, so that a test can name another. */
const mcpAuth = new MCPAuth({ resource, ...issuer.mcpAuthOptions, log: false });
const app = express().use(mcpAuth.protectedResourceMetadataRouter());
app.all('/mcp', mcpAuth.bearerAuth({ requiredScopes: scopes }), (_request, response) => {
  response.json({});
});
const server = await testExpress(app);
after(() => server.close());
const call = (token?: string) => server.request('/mcp', { method: 'POST', token });

void test('whoever has no token learns what to ask for', async () => {
  assertChallengeFor(await call(), { scopes, error: null });
});

void test('no broken token passes: none that is expired, or for another resource', async () => {
  for (const name of brokenTokenNames) {
    assertRefusedWith(await call(await issuer.mintBrokenToken(name, { scopes })), 401, 'invalid_token');
  }
});

void test('a token with too few scopes is told the others, and a good one passes', async () => {
  const few = await issuer.mintToken({ scopes: ['other'] });
  assertChallengeFor(await call(few), { scopes, error: 'insufficient_scope' });
  assert.equal((await call(await issuer.mintToken({ scopes }))).status, 200);
});
