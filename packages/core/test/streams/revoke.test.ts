import { afterEach, describe, expect, test } from 'vitest';
import { MCPAuth } from '../../src/fetch.js';
import { MCPAuth as LegacyMCPAuth } from '../../src/legacy.js';
import type { MCPAuthConfig, MCPAuthEvent } from '../../src/index.js';
import { createClock } from '../support/clock.js';
import { TestIssuer } from '../support/test-issuer.js';

const resource = 'https://api.example.com/mcp';
const closing: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of closing.splice(0)) await each.close();
});

async function setUp(config: Partial<MCPAuthConfig> = {}) {
  const clock = createClock();
  const issuer = await TestIssuer.create(clock);
  const events: MCPAuthEvent[] = [];
  const mcpAuth = new MCPAuth({
    resource,
    authorizationServers: [issuer.issuer],
    fetch: issuer.fetch,
    now: clock.now,
    onEvent: (event) => events.push(event),
    ...config,
  } as MCPAuthConfig);
  closing.push(mcpAuth);
  const handler = mcpAuth.protect({ fetch: () => new Response('in') });
  const ask = async (token: string, by = handler) =>
    (await by.fetch(new Request(resource, { headers: { authorization: `Bearer ${token}` } }))).status;
  return { clock, issuer, events, mcpAuth, ask };
}

describe('what revoke() is called with', () => {
  test.each([
    [{}, 'issuer'],
    [{ issuer: 'https://as.example.com' }, 'one of subject, client and tokenId'],
    [{ issuer: 'https://as.example.com', subject: 'a', client: 'b' }, 'one of subject, client and tokenId'],
    [{ issuer: 'https://as.example.com', subject: '' }, 'non-empty string'],
    [{ issuer: 'https://as.example.com', user: 'a' }, 'user is unknown. Write subject.'],
    [{ issuer: 'https://as.example.com', jti: 'a' }, 'jti is unknown. Write tokenId.'],
    [{ issuer: 'https://elsewhere.example.com', subject: 'a' }, 'Configured: "https://as.example.com"'],
  ])('%j is an error that says so', async (target, message) => {
    const { mcpAuth } = await setUp();
    await expect(mcpAuth.revoke(target as never)).rejects.toThrow(message);
  });

  test('more than the list takes is an error, and what was revoked stays so', async () => {
    const { mcpAuth, issuer, ask } = await setUp({ revocations: { maxEntries: 1 } });
    await mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    await expect(mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-2' })).rejects.toMatchObject({
      code: 'too_many_revocations',
      name: 'MCPAuthRevocationError',
    });
    expect(await ask(await issuer.sign())).toBe(401);
    expect(await ask(await issuer.sign({ sub: 'user-2' }))).toBe(200);
  });

  test('tokens without iat can be revoked one by one, and no other way', async () => {
    const { mcpAuth, issuer, ask } = await setUp();
    const token = await issuer.sign({ iat: undefined, jti: 'one' });
    expect(await ask(token)).toBe(200);
    await expect(mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' })).rejects.toMatchObject({
      code: 'unknown_issue_time',
    });
    expect(await ask(token)).toBe(200);
    await mcpAuth.revoke({ issuer: issuer.issuer, tokenId: 'one' });
    expect(await ask(token)).toBe(401);
    expect(await ask(await issuer.sign({ iat: undefined, jti: 'two' }))).toBe(200);
  });
});

describe('a revoked token does not pass', () => {
  test.each([
    ['remembered', {}],
    ['verified each time', { cache: false }],
  ] as const)('that was %s', async (_how, config) => {
    const { mcpAuth, issuer, ask, events, clock } = await setUp(config);
    const token = await issuer.sign();
    expect(await ask(token)).toBe(200);
    expect(await ask(token)).toBe(200);
    await mcpAuth.revoke({ issuer: issuer.issuer, client: 'client-1' });
    for (let time = 0; time < 3; time++) expect(await ask(token)).toBe(401);
    const denials = events.filter((event) => event.type === 'decision' && event.outcome === 'deny');
    expect(denials).toHaveLength(3);
    expect(denials[0]).toMatchObject({ code: 'revoked_token', status: 401, caller: { subject: 'user-1' } });
    clock.advance(1);
    expect(await ask(await issuer.sign())).toBe(200);
  });

  test('that events have named', async () => {
    const { mcpAuth, issuer, ask, events } = await setUp();
    const token = await issuer.sign();
    await ask(token);
    const [allowed] = events.flatMap((event) =>
      event.type === 'decision' && event.outcome === 'allow' ? [event.caller?.tokenId] : [],
    );
    await mcpAuth.revoke({ issuer: issuer.issuer, tokenId: allowed ?? '' });
    expect(await ask(token)).toBe(401);
    expect(await ask(await issuer.sign({ jti: 'another' }))).toBe(200);
  });

  test('that a function verifies', async () => {
    const { mcpAuth, issuer, ask, clock } = await setUp();
    const handler = mcpAuth.protect({ fetch: () => new Response('in') }, () => ({
      issuer: issuer.issuer,
      audience: resource,
      subject: 'user-1',
      expiresAt: clock.seconds() + 60,
      claims: { iat: clock.seconds() },
    }));
    expect(await ask('opaque', handler)).toBe(200);
    await mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    expect(await ask('opaque', handler)).toBe(401);
  });

  test('behind the gate of the official SDK', async () => {
    const { mcpAuth, issuer } = await setUp();
    const verifier = mcpAuth.verifier(resource);
    const token = await issuer.sign();
    expect(await verifier.verifyAccessToken(token)).toMatchObject({ subject: 'user-1' });
    await mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    await expect(verifier.verifyAccessToken(token)).rejects.toMatchObject({
      code: 'invalid_token',
      cause: { code: 'revoked_token' },
    });
  });

  test('that an authorization server was asked about, and whose answer is kept', async () => {
    let asked = 0;
    const { mcpAuth, issuer, ask, clock } = await setUp();
    const auth = new MCPAuth({
      resource,
      authorizationServers: [
        {
          issuer: issuer.issuer,
          introspection: { clientAuthentication: { method: 'bearer', token: 'resource-server' } } as never,
        },
      ],
      now: clock.now,
      onEvent: () => undefined,
      fetch: (url, init) => {
        if (!url.endsWith('/introspect')) return issuer.fetch(url, init);
        asked++;
        return Promise.resolve(
          Response.json({
            active: true,
            aud: resource,
            sub: 'user-1',
            exp: clock.seconds() + 60,
            iat: clock.seconds(),
          }),
        );
      },
    });
    closing.push(auth);
    issuer.metadata.introspection_endpoint = `${issuer.issuer}/introspect`;
    const handler = auth.protect({ fetch: () => new Response('in') }, 'introspection');
    expect(await ask('opaque', handler)).toBe(200);
    await auth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
    expect(await ask('opaque', handler)).toBe(401);
    expect(asked).toBeGreaterThan(0);
    await mcpAuth.close();
  });

  test('in legacy mode', async () => {
    const { issuer, ask, clock } = await setUp();
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- it has the same call
    const legacy = new LegacyMCPAuth({
      server: { issuer: issuer.issuer },
      fetch: issuer.fetch,
      now: clock.now,
      onEvent: () => undefined,
    });
    closing.push(legacy);
    const handler = legacy.protect({ fetch: () => new Response('in') }, 'jwt', { audience: resource });
    const token = await issuer.sign();
    expect(await ask(token, handler)).toBe(200);
    expect(await legacy.revoke({ issuer: issuer.issuer, subject: 'user-1' })).toEqual({ streams: 0 });
    expect(await ask(token, handler)).toBe(401);
  });
});

test('a client is not told to wait because its tokens were revoked', async () => {
  const { mcpAuth, issuer, ask } = await setUp({
    limits: { failedAttempts: { max: 2 }, peer: () => '192.0.2.1' },
  });
  const token = await issuer.sign();
  await mcpAuth.revoke({ issuer: issuer.issuer, subject: 'user-1' });
  for (let time = 0; time < 5; time++) expect(await ask(token)).toBe(401);
});
