import { expect, test } from 'vitest';
import { AuthInfo } from '../../src/caller/auth-info.js';

test('[MCP-2026-07-28-RS-030] what a handler does to its caller’s scopes and audience reaches no other request', () => {
  const facts = {
    token: 'token',
    issuer: 'https://as.example.com',
    clientId: 'client-1',
    scopes: ['read'],
    audience: ['https://api.example.com/mcp'],
    subject: 'user-1',
    expiresAt: 4_000_000_000,
    claims: Object.freeze({}),
    resource: 'https://api.example.com/mcp',
    resourceMetadataUrl: 'https://api.example.com/.well-known/oauth-protected-resource/mcp',
  };
  const first = new AuthInfo(facts);
  first.scopes.push('admin');
  if (Array.isArray(first.audience)) first.audience.push('https://other.example');
  first.resource.pathname = '/other';
  const second = new AuthInfo(facts);
  expect(second.scopes).toEqual(['read']);
  expect(second.audience).toEqual(['https://api.example.com/mcp']);
  expect(second.resource.href).toBe('https://api.example.com/mcp');
});
