import { describe, expect, test } from 'vitest';
import { checkTokenKind } from '../../src/verifier/claim-rules.js';

const claimAtFault = (claims: Record<string, unknown>, header: Record<string, unknown> = { typ: 'JWT' }) => {
  const rejected = checkTokenKind(header, claims);
  if (rejected !== undefined) expect(rejected.code).toBe('not_an_access_token');
  return rejected?.claim;
};
const access = { iss: 'https://as.example.com', aud: 'https://api.example.com/mcp', sub: 'u' };

describe('tokens of another kind that the same issuer signs are refused', () => {
  test.each(['at_hash', 'c_hash', 's_hash'])('[RFC8725-3.12-01] an ID token, by %s', (claim) => {
    expect(claimAtFault({ ...access, [claim]: 'x' })).toBe(claim);
    expect(claimAtFault({ ...access, [claim]: null }, { typ: 'at+jwt' })).toBe(claim);
  });

  test('[RFC8725-3.12-01] an ID token, by a nonce alone', () => {
    expect(claimAtFault({ ...access, nonce: 'n' })).toBe('nonce');
    expect(claimAtFault({ ...access, nonce: 'n' }, {})).toBe('nonce');
    expect(claimAtFault({ ...access, nonce: 'n', typ: 'bearer' })).toBe('nonce');
  });

  test('[RFC8725-3.12-01] a logout token', () => {
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    expect(claimAtFault({ ...access, events })).toBe('events');
    expect(claimAtFault({ ...access, events }, { typ: 'at+jwt' })).toBe('events');
  });

  test('[RFC9701-8.1-01] a signed introspection response', () => {
    expect(claimAtFault({ ...access, token_introspection: { active: true } })).toBe('token_introspection');
  });

  test.each(['id', 'refresh', '', null, ['access'], 5])('[RFC8725-3.12-01] token_use %j', (use) => {
    expect(claimAtFault({ ...access, token_use: use })).toBe('token_use');
  });

  test.each([
    'ID',
    'Refresh',
    'Offline',
    'Logout',
    'refresh',
    'RegistrationAccessToken',
    'InitialAccessToken',
    'Serialized-ID',
  ])('[RFC8725-3.12-01] Keycloak’s claim typ %s', (typ) => {
    expect(claimAtFault({ ...access, typ })).toBe('typ');
  });
});

describe('access tokens pass', () => {
  test('[MCP-EXT-CC-02] of a user, of a client, and with claims nobody knows', () => {
    expect(claimAtFault(access)).toBeUndefined();
    expect(
      claimAtFault({ ...access, sub: 'client-1', client_id: 'client-1', tid: 'x', sid: 's' }),
    ).toBeUndefined();
  });

  test('those of providers that copy the nonce but type the token', () => {
    expect(claimAtFault({ ...access, nonce: 'n' }, { typ: 'at+jwt' })).toBeUndefined();
    expect(claimAtFault({ ...access, nonce: 'n' }, { typ: 'Application/AT+JWT' })).toBeUndefined();
    expect(claimAtFault({ ...access, nonce: 'n', typ: 'Bearer' }, { typ: 'JWT' })).toBeUndefined();
  });

  test('Cognito’s, which say so', () => {
    expect(claimAtFault({ ...access, token_use: 'access' })).toBeUndefined();
  });

  test('those with security events other than a logout, or events of another shape', () => {
    expect(claimAtFault({ ...access, events: { 'https://example.com/event': {} } })).toBeUndefined();
    for (const events of [null, 'x', 5, []]) expect(claimAtFault({ ...access, events })).toBeUndefined();
  });
});
