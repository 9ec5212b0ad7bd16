/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is shown too */
import { createServer } from 'node:http';
import express from 'express';
import express4 from 'express4';
import { describe, expect, test } from 'vitest';
import { closeServer, listen } from '../../core/test/support/listen.js';
import { sendRaw } from '../../core/test/support/raw-request.js';
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

describe.each([
  ['Express 5', express],
  ['Express 4', express4],
])('%s', (_name, framework) => {
  test('clients of MCP 2025-03-26 find the authorization server at the resource server, and other paths stay open', async () => {
    const mcpAuth = new MCPAuth({ server: { type: 'oauth', metadata }, onEvent: () => undefined });
    const app = framework();
    app.use(mcpAuth.delegatedRouter());
    app.get('/open', (_request, response) => void response.send('open'));
    const server = createServer(app);
    const origin = await listen(server);
    const document = await sendRaw(origin, '/.well-known/oauth-authorization-server');
    expect(JSON.parse(document.body)).toMatchObject({ issuer, token_endpoint: `${issuer}/token` });
    expect((await sendRaw(origin, '/open')).body).toBe('open');
    await closeServer(server);
  });
});
