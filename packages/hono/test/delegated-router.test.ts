/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is shown too */
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { MCPAuth } from '../src/legacy.js';

const issuer = 'https://as.example.com';
const metadata = {
  issuer,
  authorizationEndpoint: `${issuer}/authorize`,
  tokenEndpoint: `${issuer}/token`,
  jwksUri: `${issuer}/jwks`,
  responseTypesSupported: ['code'],
  codeChallengeMethodsSupported: ['S256'],
};

test('clients of MCP 2025-03-26 find the authorization server at the resource server, and other paths stay open', async () => {
  const mcpAuth = new MCPAuth({ server: { type: 'oauth', metadata }, onEvent: () => undefined });
  const app = new Hono();
  app.route('/', mcpAuth.delegatedRouter());
  app.get('/open', (context) => context.text('open'));
  const document = await app.request('/.well-known/oauth-authorization-server');
  expect(await document.json()).toMatchObject({ issuer, token_endpoint: `${issuer}/token` });
  expect(await (await app.request('/open')).text()).toBe('open');
});
