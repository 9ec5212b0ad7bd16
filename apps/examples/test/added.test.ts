import { startTestIssuer, testExpress } from '@mcp-auth/testing';
import '@mcp-auth/testing/vitest';
import { afterAll, expect, test } from 'vitest';

// What the page "Get started" adds to a server that is there already, on version 1 of the official SDK
const resource = 'http://localhost:3000/mcp';
const issuer = await startTestIssuer({ audience: resource });
process.env['ISSUER'] = issuer.issuer;
const { app } = await import('../src/added.js');
const server = await testExpress(app);
const headers = { 'content-type': 'application/json' };

afterAll(() => issuer.close());

test('without a token nothing is read, not even a body that no parser takes', async () => {
  const options = { method: 'POST', headers, body: '{ this is no JSON' };
  expect(await server.request('/mcp', options)).toChallengeFor({ error: null });
});

test('other methods of the endpoint are protected too', async () => {
  expect(await server.request('/mcp', { method: 'DELETE' })).toChallengeFor({ error: null });
});

test('everybody may read where tokens come from', async () => {
  const answer = await server.request('/.well-known/oauth-protected-resource/mcp');
  expect(await answer.json()).toMatchObject({ resource, authorization_servers: [issuer.issuer] });
});

test('a tool knows who calls', async () => {
  const token = await issuer.mintToken({ subject: 'alice' });
  const answer = await server.request('/mcp', {
    token,
    call: { method: 'tools/call', params: { name: 'whoami' } },
  });
  expect(await answer.text()).toContain('alice');
});
