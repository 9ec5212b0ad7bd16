import { describe, expect, test } from 'vitest';
import { fetchServerConfig } from '../../src/authorization-server/fetch-server-config.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import { createClock } from '../support/clock.js';
import { protect, resource, statusOf } from '../support/protect.js';
import { TestIssuer } from '../support/test-issuer.js';

describe('every form of an authorization server leads to the same verdict', () => {
  test('[contract row 1] fetched before', async () => {
    const clock = createClock();
    const issuer = await TestIssuer.create(clock);
    const config = await fetchServerConfig(issuer.issuer, { type: 'oauth', fetch: issuer.fetch });
    const { ask } = await protect({ clock, issuer, servers: () => [config] });
    expect(statusOf(await ask(await issuer.sign()))).toBe(200);
    expect(issuer.metadataRequests).toBe(1);
  });

  test('[contract row 4] written by hand', async () => {
    const { issuer, ask } = await protect({
      servers: ({ issuer: id }) => [{ type: 'oauth', metadata: { issuer: id, jwksUri: `${id}/jwks` } }],
    });
    expect(statusOf(await ask(await issuer.sign()))).toBe(200);
    expect(issuer.metadataRequests).toBe(0);
  });

  test('[contract row 5] named by issuer and type: nothing is fetched before the first request', async () => {
    const { issuer, ask } = await protect();
    expect(issuer.requests).toEqual([]);
    await ask();
    await ask('garbage');
    expect(issuer.requests).toEqual([]);
    expect(statusOf(await ask(await issuer.sign()))).toBe(200);
    expect(issuer.requests).toEqual([
      'https://as.example.com/.well-known/oauth-authorization-server',
      'https://as.example.com/jwks',
    ]);
  });

  test('[contract row 5] named by issuer alone: the candidates are tried in order, once', async () => {
    const { issuer, ask } = await protect({ servers: ({ issuer: id }) => [{ issuer: id }] });
    issuer.overrides.set('/.well-known/oauth-authorization-server', () => new Response('', { status: 404 }));
    const token = await issuer.sign();
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask(token)));
    expect(new Set(answers.map(statusOf))).toEqual(new Set([200]));
    expect(issuer.requests).toEqual([
      'https://as.example.com/.well-known/oauth-authorization-server',
      'https://as.example.com/.well-known/openid-configuration',
      'https://as.example.com/jwks',
    ]);
  });

  test('[contract row 5] refreshed: a moved key set is found', async () => {
    const { clock, issuer, ask } = await protect();
    await ask(await issuer.sign());
    issuer.metadata.jwks_uri = 'https://as.example.com/moved';
    clock.advance(3600);
    await ask(await issuer.sign());
    await new Promise((resolve) => setImmediate(resolve));
    await issuer.rotate();
    expect(statusOf(await ask(await issuer.sign()))).toBe(200);
    expect(issuer.requests.at(-1)).toBe('https://as.example.com/moved');
  });

  test('[contract row 3] transpileData reaches lazy configurations too', async () => {
    const seen: unknown[] = [];
    const { issuer, ask } = await protect({
      servers: ({ issuer: id }) => [
        {
          issuer: id,
          type: 'oidc',
          transpileData: async (data) => {
            seen.push(data.issuer);
            return { ...data, issuer: id };
          },
        },
      ],
    });
    issuer.metadata.issuer = 'https://{tenant}.example.com';
    expect(statusOf(await ask(await issuer.sign()))).toBe(200);
    expect(seen).toEqual(['https://{tenant}.example.com']);
  });

  test('keys given in the configuration need no network at all', async () => {
    const clock = createClock();
    const issuer = await TestIssuer.create(clock);
    const jwks = [issuer.key.publicJwk as Record<string, unknown>];
    for (const server of [
      { issuer: issuer.issuer, jwks },
      { metadata: { issuer: issuer.issuer }, jwks },
    ]) {
      const { ask, server: instance } = await protect({ clock, issuer, servers: () => [server] });
      await instance.ready();
      expect(statusOf(await ask(await issuer.sign()))).toBe(200);
    }
    expect(issuer.requests).toEqual([]);
  });
});

describe('ready()', () => {
  test('fetches what the routes need, so that the first request waits for nothing', async () => {
    const { issuer, server, ask } = await protect({ options: { remoteJwkSet: { cacheMaxAge: 60_000 } } });
    await server.ready();
    expect([issuer.metadataRequests, issuer.keySetRequests]).toEqual([1, 1]);
    await ask(await issuer.sign());
    expect(issuer.requests).toHaveLength(2);
  });

  test('before any route was made, fetches for all servers', async () => {
    const clock = createClock();
    const issuer = await TestIssuer.create(clock);
    const server = new ResourceServer({
      protectedResources: {
        metadata: { resource, authorizationServers: [{ issuer: issuer.issuer, type: 'oauth' }] },
      },
      fetch: issuer.fetch,
      now: clock.now,
    });
    await server.ready();
    expect(issuer.requests).toHaveLength(2);
  });

  test('rejects with the fault while a server is down, and may be repeated', async () => {
    const { clock, issuer, server } = await protect();
    issuer.down = true;
    await expect(server.ready()).rejects.toMatchObject({
      name: 'MCPAuthAuthServerError',
      code: 'request_failed',
    });
    issuer.down = false;
    clock.advance(1);
    await server.ready();
  });

  test('asks nothing of servers whose tokens a function verifies', async () => {
    const { issuer, server } = await protect({
      servers: ({ issuer: id }) => [{ metadata: { issuer: id } }],
      mode: () => ({ issuer: 'https://as.example.com' }),
    });
    await server.ready();
    expect(issuer.requests).toEqual([]);
  });
});

describe('what is odd in a provider’s document is said once, and refused never', () => {
  test('[MCP-2026-07-28-MC-005] missing PKCE members', async () => {
    const { clock, issuer, ask, events } = await protect();
    delete issuer.metadata.code_challenge_methods_supported;
    expect(statusOf(await ask(await issuer.sign()))).toBe(200);
    clock.advance(4000);
    await ask(await issuer.sign());
    await new Promise((resolve) => setImmediate(resolve));
    const warnings = events.filter((event) => event.type === 'warning').map(({ message }) => message);
    expect(warnings.filter((message) => message.includes('code_challenge_methods_supported'))).toHaveLength(
      1,
    );
  });

  test('[MCP-2026-07-28-MC-005] missing PKCE members of a configuration that was fetched before', async () => {
    const metadata = { issuer: 'https://as.example.com', authorizationEndpoint: 'https://as.example.com/a' };
    const jwksUri = 'https://as.example.com/jwks';
    const warnings = async (codeChallengeMethodsSupported?: string[]) => {
      const given = {
        ...metadata,
        jwksUri,
        ...(codeChallengeMethodsSupported && { codeChallengeMethodsSupported }),
      };
      return (await protect({ servers: () => [{ metadata: given }] })).events;
    };
    expect(await warnings()).toMatchObject([{ type: 'warning' }]);
    expect(await warnings(['plain'])).toMatchObject([{ type: 'warning' }]);
    expect(await warnings(['plain', 'S256'])).toEqual([]);
  });

  test('[RFC8414-2-02] members of the wrong type', async () => {
    const { issuer, ask, events } = await protect();
    issuer.metadata.scopes_supported = 'openid';
    expect(statusOf(await ask(await issuer.sign()))).toBe(200);
    expect(events.filter(({ type }) => type !== 'decision')).toMatchObject([
      { type: 'warning', message: expect.stringContaining('scopes_supported') as string },
    ]);
  });
});
