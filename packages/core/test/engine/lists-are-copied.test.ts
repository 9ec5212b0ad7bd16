import { expect, test } from 'vitest';
import { headWith } from '../support/head.js';
import { protect, resource, statusOf } from '../support/protect.js';

test('what is pushed into a list of a server after the start opens nothing', async () => {
  const audiences = [resource];
  const tokenIssuers = ['https://as.example.com'];
  const { issuer, ask, server } = await protect({
    servers: ({ issuer }) => [{ issuer, type: 'oauth', audiences, tokenIssuers }],
  });
  audiences.push('https://elsewhere.example.com');
  tokenIssuers.push('https://evil.example.com');
  const late = server.createGate('jwt', { resource });
  for (const claims of [{ aud: 'https://elsewhere.example.com' }, { iss: 'https://evil.example.com' }]) {
    const token = await issuer.sign(claims);
    expect(statusOf(await ask(token))).toBe(401);
    expect(statusOf(await late.authenticate(headWith(`Bearer ${token}`)))).toBe(401);
  }
  expect(statusOf(await ask(await issuer.sign()))).toBe(200);
});
