/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is shown too */
import Fastify from 'fastify';
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
  const app = Fastify();
  await app.register(mcpAuth.delegatedRouter());
  app.get('/open', () => 'open');
  const document = await app.inject('/.well-known/oauth-authorization-server');
  expect(document.json()).toMatchObject({ issuer, token_endpoint: `${issuer}/token` });
  expect((await app.inject('/open')).body).toBe('open');
  await app.close();
});
