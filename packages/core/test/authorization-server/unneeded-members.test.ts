import { describe, expect, test } from 'vitest';
import { fetchServerConfig } from '../../src/authorization-server/fetch-server-config.js';
import { metadataOf, serve } from '../support/documents.js';
import { allowed, protect, type ProtectOptions, refused } from '../support/protect.js';

const introspection = {
  clientAuthentication: { method: 'client_secret_basic', clientId: 'api', clientSecret: 's' },
} as const;
const introspecting: ProtectOptions = {
  mode: 'introspection',
  servers: ({ issuer }) => [{ issuer, type: 'oauth', introspection }],
};

/** Members that verification of JWTs does not need, as real servers have published them. */
const malformed: readonly Readonly<Record<string, unknown>>[] = [
  { introspection_endpoint: null },
  { introspection_endpoint: '/introspect' },
  { introspection_endpoint: '' },
  { introspection_endpoint: ['https://as.example.com/introspect'] },
  { revocation_endpoint: null },
  { scopes_supported: 'openid profile' },
];

describe('a member that a route does not need does not take the provider down', () => {
  test.each(malformed)('[RFC8414-2-02] mode jwt: %j is told, and left out', async (member) => {
    const { issuer, ask, events } = await protect();
    Object.assign(issuer.metadata, member);
    allowed(await ask(await issuer.sign()));
    const [name = ''] = Object.keys(member);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'warning', message: expect.stringContaining(name) as string }),
    );
  });

  test.each([{ jwks_uri: null }, { jwks_uri: '/jwks' }])('mode introspection: %j', async (member) => {
    const { issuer, ask } = await protect(introspecting);
    Object.assign(issuer.metadata, member, { introspection_endpoint: `${issuer.issuer}/introspect` });
    issuer.overrides.set('/introspect', () => Response.json({ active: true, ...issuer.claims() }));
    allowed(await ask('opaque-token'));
  });
});

describe('a member that a route needs is an error there', () => {
  test.each([{ jwks_uri: null }, { jwks_uri: '/jwks' }, { jwks_uri: ['https://as.example.com/jwks'] }])(
    '[RFC9068-4-07] mode jwt: %j',
    async (member) => {
      const { issuer, ask, events } = await protect();
      Object.assign(issuer.metadata, member);
      expect(refused(await ask(await issuer.sign())).status).toBe(503);
      expect(events).toContainEqual(
        expect.objectContaining({ error: expect.objectContaining({ code: 'invalid_metadata' }) }),
      );
    },
  );

  test.each(malformed.slice(0, 4))('[RFC7662-2.3-01] mode introspection: %j', async (member) => {
    const { issuer, ask, events } = await protect(introspecting);
    Object.assign(issuer.metadata, member);
    expect(refused(await ask('opaque-token')).status).toBe(503);
    expect(events).toContainEqual(
      expect.objectContaining({ error: expect.objectContaining({ code: 'invalid_metadata' }) }),
    );
  });

  test('a server that may do without keys, and spoils the place of its keys, is not one without', async () => {
    const { issuer, ask } = await protect({ ...introspecting, mode: 'auto' });
    Object.assign(issuer.metadata, { jwks_uri: 5, introspection_endpoint: `${issuer.issuer}/introspect` });
    expect(refused(await ask(await issuer.sign())).status).toBe(503);
  });

  test('[RFC8414-3.3-01] the issuer always is', async () => {
    const [jwts, opaque] = [await protect(), await protect(introspecting)];
    for (const { issuer } of [jwts, opaque]) issuer.metadata.issuer = null;
    expect(refused(await jwts.ask(await jwts.issuer.sign())).status).toBe(503);
    expect(refused(await opaque.ask('opaque-token')).status).toBe(503);
  });

  test('fetched at start, such a member is left out', async () => {
    const issuer = 'https://auth.example.com';
    const document = metadataOf(issuer, { introspection_endpoint: null });
    const { fetch } = serve({ [`${issuer}/.well-known/openid-configuration`]: document });
    const { metadata } = await fetchServerConfig(issuer, { fetch, type: 'oidc' });
    expect(metadata).not.toHaveProperty('introspectionEndpoint');
    expect(metadata.jwksUri).toBe(`${issuer}/jwks`);
  });
});
