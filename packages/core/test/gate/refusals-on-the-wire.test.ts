import { describe, expect, test } from 'vitest';
import {
  challengeOf,
  fieldsOf,
  metadataUrl,
  protect,
  refused,
  retryAfterOf,
  statusOf,
} from '../support/protect.js';

const bodyOf = (decision: Awaited<ReturnType<Awaited<ReturnType<typeof protect>>['ask']>>) =>
  JSON.parse(refused(decision).body ?? '') as Record<string, unknown>;

describe('no credentials: 401 without an error', () => {
  test.each([
    ['nothing', {}],
    ['an empty field', { headers: { authorization: '' } }],
    ['another scheme', { headers: { authorization: 'Basic dXNlcjpwYXNz' } }],
    ['a DPoP token', { headers: { authorization: 'DPoP a.b.c', dpop: 'proof' } }],
    ['a token in the query only', { target: '/mcp?access_token=a.b.c' }],
    ['a token in another field', { headers: { 'x-access-token': 'a.b.c', cookie: 'access_token=a.b.c' } }],
    ['a session from an earlier request', { headers: { 'mcp-session-id': 's' } }],
  ])('[RFC6750-3.1-04][OAUTH21-5.3.2-02][MCP-2025-11-25-RS-036] %s', async (_what, head) => {
    const { askWith } = await protect({ options: { requiredScopes: ['read', 'write'] } });
    const decision = await askWith(head);
    expect(statusOf(decision)).toBe(401);
    expect(challengeOf(decision)).toEqual({ scope: 'read write', resource_metadata: metadataUrl });
    expect(bodyOf(decision)).not.toHaveProperty('error');
  });

  test('[MCP-2025-06-18-RS-005][RFC9728-5.1-01] the challenge leads to the metadata, absolute and from configuration', async () => {
    const { askWith } = await protect();
    const decision = await askWith({
      host: 'evil.example',
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    });
    expect(challengeOf(decision)).toEqual({ resource_metadata: metadataUrl });
    expect(JSON.stringify(decision)).not.toContain('evil');
  });
});

describe('malformed credentials: 400 invalid_request', () => {
  test.each([
    ['two words', { headers: { authorization: 'Bearer a b' } }],
    ['characters outside token68', { headers: { authorization: 'Bearer a%b' } }],
    ['two fields joined', { headers: { authorization: 'Bearer a, Bearer b' } }],
    [
      'two fields seen',
      {
        headers: { authorization: 'Bearer a' },
        rawHeaders: ['Authorization', 'Bearer a', 'Authorization', 'Bearer b'],
      },
    ],
  ])('[RFC6750-3.1-01][RFC9110-11.6.2-01] %s', async (_what, head) => {
    const { askWith, issuer } = await protect({ options: { requiredScopes: ['read'] } });
    const decision = await askWith(head);
    expect(statusOf(decision)).toBe(400);
    const challenge = challengeOf(decision);
    expect(Object.keys(challenge)).toEqual(['error', 'error_description', 'resource_metadata']);
    expect(challenge).toMatchObject({ error: 'invalid_request', resource_metadata: metadataUrl });
    expect(bodyOf(decision)).toMatchObject({ error: 'invalid_request' });
    expect(issuer.requests).toEqual([]);
  });
});

describe('a bad token: 401 invalid_token', () => {
  test('[RFC6750-3.1-02][RFC9068-4-05] the client learns no detail, except that it expired', async () => {
    const { ask, issuer, clock } = await protect({ options: { requiredScopes: ['read'] } });
    const wrongAudience = await ask(await issuer.sign({ aud: 'https://other.example' }));
    const wrongIssuer = await ask(await issuer.sign({ iss: 'https://other.example' }));
    const garbage = await ask('garbage');
    for (const decision of [wrongAudience, wrongIssuer, garbage]) {
      expect(statusOf(decision)).toBe(401);
      expect(challengeOf(decision)).toEqual({
        error: 'invalid_token',
        error_description: 'The access token is not valid for this resource',
        scope: 'read',
        resource_metadata: metadataUrl,
      });
    }
    const expired = await ask(await issuer.sign({ exp: clock.seconds() - 60 }));
    expect(challengeOf(expired)).toMatchObject({
      error: 'invalid_token',
      error_description: 'The access token expired',
    });
  });

  test('a developer may ask for the detail, which still holds nothing of the token', async () => {
    const { ask, issuer } = await protect({ options: { showErrorDetails: true } });
    const decision = await ask(await issuer.sign({ aud: 'https://secret-audience.example' }));
    expect(challengeOf(decision).error_description).toBe('The access token was issued for another resource');
    expect(JSON.stringify(decision)).not.toContain('secret-audience');
  });
});

describe('too little scope: 403 insufficient_scope', () => {
  test('[RFC6750-3.1-03][MCP-2026-07-28-RS-021][MCP-2026-07-28-RS-024] all that is needed, in one challenge', async () => {
    const { ask, issuer } = await protect({
      options: { requiredScopes: ['read', 'admin', 'read'], challengeScopes: 'required' },
    });
    const decision = await ask(await issuer.sign({ scope: 'read write' }));
    expect(statusOf(decision)).toBe(403);
    expect(challengeOf(decision)).toMatchObject({
      error: 'insufficient_scope',
      scope: 'read admin',
      resource_metadata: metadataUrl,
    });
    expect(bodyOf(decision)).toMatchObject({ error: 'insufficient_scope', scope: 'read admin' });
    expect(statusOf(await ask(await issuer.sign({ scope: 'read admin' })))).toBe(200);
  });

  test.each(['', 'rea', 'reader', 'READ', 'read:all', 'read,admin', 'admin'])(
    '[OAUTH21-5-01] every scope is needed, exactly: %j is too little',
    async (scope) => {
      const { ask, issuer } = await protect({ options: { requiredScopes: ['read', 'admin'] } });
      expect(statusOf(await ask(await issuer.sign({ scope })))).toBe(403);
    },
  );
});

describe('a provider that fails: 503', () => {
  test('[RFC7662-2.3-01] with Retry-After, and nothing that would make a client drop its token', async () => {
    const { ask, issuer } = await protect();
    issuer.down = true;
    const decision = await ask(await issuer.sign());
    expect(statusOf(decision)).toBe(503);
    expect(fieldsOf(decision, 'www-authenticate')).toEqual([]);
    expect(retryAfterOf(decision)).toBeGreaterThanOrEqual(1);
    expect(refused(decision).body).not.toContain('invalid_token');
    expect(fieldsOf(decision, 'access-control-expose-headers').join()).toContain('Retry-After');
  });
});

describe('what all refusals have in common', () => {
  test('[RFC9110-CORS-01] JSON that no cache keeps, with the challenge readable for browsers', async () => {
    const { ask, askWith, issuer } = await protect({ options: { requiredScopes: ['admin'] } });
    const malformed = await askWith({ headers: { authorization: 'Bearer a b' } });
    for (const decision of [await ask(), await ask('garbage'), await ask(await issuer.sign()), malformed]) {
      expect(fieldsOf(decision, 'content-type')).toEqual(['application/json']);
      expect(fieldsOf(decision, 'cache-control')).toEqual(['no-store']);
      expect(fieldsOf(decision, 'access-control-expose-headers')).toEqual(['WWW-Authenticate']);
      expect(() => bodyOf(decision)).not.toThrow();
    }
  });

  test('[MCP-2026-07-28-RS-010] identical requests get identical challenges', async () => {
    const { ask } = await protect({ options: { requiredScopes: ['b', 'a'] } });
    expect(await ask()).toEqual(await ask());
    expect(challengeOf(await ask()).scope).toBe('b a');
  });
});
