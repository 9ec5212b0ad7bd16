/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is what is tested here */
import { describe, expect, test } from 'vitest';
import type { AuthServerConfig } from '../../src/config/authorization-server.js';
import type { MCPAuthConfig } from '../../src/config/mcp-auth.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import { readRoute } from '../../src/config/verification-mode.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { MCPAuth } from '../../src/fetch/legacy-mcp-auth.js';
import type { LegacyOptionsFor } from '../../src/legacy/legacy-config.js';
import { LegacyServer } from '../../src/legacy/legacy-server.js';
import { createClock } from '../support/clock.js';
import { configError } from '../support/config-error.js';
import { headWith } from '../support/head.js';
import { allowed, challengeOf, refused, statusOf } from '../support/protect.js';
import { TestIssuer } from '../support/test-issuer.js';

const audience = 'https://api.example.com/legacy';
const issuer = 'https://as.example.com';

const construct = (config: unknown) => new LegacyServer(config as never);
const legacy = () => construct({ server: { issuer }, onEvent: () => undefined });

async function open(options: LegacyOptionsFor<'jwt'>, server: Partial<AuthServerConfig> = {}) {
  const clock = createClock();
  const testIssuer = await TestIssuer.create(clock);
  const events: MCPAuthEvent[] = [];
  const config = {
    server: { issuer: testIssuer.issuer, ...server } as AuthServerConfig,
    fetch: testIssuer.fetch,
    now: clock.now,
    onEvent: (event: MCPAuthEvent) => events.push(event),
  };
  const gate = new LegacyServer(config).createGateFor(readRoute('jwt', options));
  return {
    clock,
    events,
    issuer: testIssuer,
    ask: async (token?: string) =>
      gate.authenticate(headWith(token === undefined ? undefined : `Bearer ${token}`)),
  };
}

describe('[contract row 14] a configuration is of one kind', () => {
  test('a server for the MCPAuth of resources is told the entry of legacy mode', () => {
    const config = { server: { issuer } } as unknown as MCPAuthConfig;
    const problem = configError(() => new ResourceServer(config));
    expect(problem).toMatchObject({ code: 'unsupported_option', path: 'server' });
    expect(problem.message).toContain('@mcp-auth/express/legacy');
    expect(problem.message).toContain('authorizationServers');
  });

  test.each([
    { server: { issuer }, protectedResources: [] },
    { server: { issuer }, resource: audience },
    { server: { issuer }, authorizationServers: [issuer] },
  ])('resources for the MCPAuth of legacy mode: %j', (config) => {
    expect(configError(() => construct(config))).toMatchObject({ code: 'unknown_option' });
  });

  test('a server that is an issuer alone, as in the short form, is told how to write it here', () => {
    expect(configError(() => construct({ server: issuer })).message).toBe(
      'server: must be an object, but is a string: write { issuer }.',
    );
  });

  test.each([undefined, null, {}, { onEvent: () => undefined }])('no server at all: %j', (config) => {
    expect(configError(() => construct(config))).toMatchObject({ code: 'invalid_option', path: 'server' });
  });

  test.each([
    [null, 'invalid_option', 'server'],
    ['https://as.example.com', 'invalid_option', 'server'],
    [{}, 'invalid_issuer', 'server.issuer'],
    [{ issuer: 'http://as.example.com' }, 'insecure_issuer', 'server.issuer'],
    [{ issuer, type: 'oauth2' }, 'invalid_option', 'server.type'],
    [{ metadata: { issuer }, jwks: [{ kty: 'oct', k: 'AAAA' }] }, 'private_key', 'server.jwks[0]'],
    [{ metadata: { issuer }, jwks: [], publish: true }, 'unsupported_option', 'server.publish'],
  ])('a server that is none: %j', (server, code, path) => {
    expect(configError(() => construct({ server }))).toMatchObject({ code, path });
  });
});

describe('[contract row 14] a route of legacy mode names an audience and no resource', () => {
  const createGate = (options: unknown) => legacy().createGateFor(readRoute('jwt', options as object));

  test.each([{}, { audience: undefined }])(
    '[MCP-2026-07-28-RS-016] no audience is no default: %j',
    (options) => {
      const problem = configError(() => createGate(options));
      expect(problem).toMatchObject({ code: 'invalid_audience', path: 'audience' });
      expect(problem.message).toContain('server.audiences');
    },
  );

  test.each([audience, issuer])('a resource where there is none: %s', (resource) => {
    expect(configError(() => createGate({ resource }))).toMatchObject({
      code: 'unknown_resource',
      path: 'resource',
    });
  });

  test('an option that is none', () => {
    expect(configError(() => createGate({ audience, requiredScope: ['read'] }))).toMatchObject({
      code: 'unknown_option',
      path: 'requiredScope',
    });
  });

  test('invalid combinations do not compile', () => {
    const mcpAuth = new MCPAuth({ server: { issuer } });
    const handler = { fetch: () => new Response() };
    const never = () => {
      // @ts-expect-error there is no server
      new MCPAuth({});
      // @ts-expect-error resources have the MCPAuth of the main entry
      new MCPAuth({ server: { issuer }, protectedResources: [] });
      // @ts-expect-error a local trust anchor needs its keys
      new MCPAuth({ server: { metadata: { issuer }, publish: true } });
      // @ts-expect-error an audience must be there, if only to say that the server has it
      mcpAuth.protect(handler, 'jwt', {});
      // @ts-expect-error there is no resource
      mcpAuth.protect(handler, 'jwt', { audience, resource: audience });
      // @ts-expect-error an option that no mode has
      mcpAuth.protect(handler, 'jwt', { audience, scopes: ['read'] });
    };
    expect(never).toBeTypeOf('function');
  });
});

describe('[contract row 14] the gate of legacy mode', () => {
  test('[RFC6750-3-02] the 401 has a challenge, which leads nowhere because there is no metadata', async () => {
    const { ask, events } = await open({ audience, requiredScopes: ['read'] });
    const refusal = refused(await ask());
    expect([refusal.status, challengeOf(refusal)]).toEqual([401, { scope: 'read' }]);
    expect(JSON.parse(refusal.body ?? '')).not.toHaveProperty('resource_metadata');
    expect(events).toMatchObject([{ outcome: 'deny', resource: 'https://as.example.com', status: 401 }]);
  });

  test('[RFC6750-3-02] a challenge has a parameter even where nothing can be said', async () => {
    const { ask } = await open({ audience });
    expect(challengeOf(await ask())).toEqual({ realm: 'mcp' });
  });

  test('[MCP-2026-07-28-RS-016] a token for somebody else is refused, one for this audience passes without a resource', async () => {
    const { ask, issuer: as } = await open({ audience, requiredScopes: ['read'] });
    const other = refused(await ask(await as.sign({ aud: 'https://api.example.com/mcp' })));
    expect([other.status, challengeOf(other).error]).toEqual([401, 'invalid_token']);
    expect(challengeOf(await ask(await as.sign({ aud: audience, scope: 'write' })))).toMatchObject({
      error: 'insufficient_scope',
      scope: 'read',
    });
    const auth = allowed(await ask(await as.sign({ aud: audience })));
    expect(auth).toMatchObject({ issuer: as.issuer, subject: 'user-1', audience });
    expect([auth.resource.href, auth.resourceMetadataUrl]).toEqual([`${as.issuer}/`, undefined]);
  });

  test('[MCP-2026-07-28-RS-016] the audience may be the server’s, or be given up by name', async () => {
    const none = await open({ audience });
    expect(statusOf(await none.ask(await none.issuer.sign({ aud: none.issuer.issuer })))).toBe(401);
    const own = await open({ audience: undefined }, { audiences: [audience] });
    expect(statusOf(await own.ask(await own.issuer.sign({ aud: 'https://other.example' })))).toBe(401);
    expect(statusOf(await own.ask(await own.issuer.sign({ aud: audience })))).toBe(200);
    const any = await open({ audience: undefined }, { dangerouslyAcceptAnyAudience: true });
    expect(statusOf(await any.ask(await any.issuer.sign({ aud: 'https://other.example' })))).toBe(200);
    expect(any.events.filter(({ type }) => type === 'warning')).toHaveLength(1);
  });
});
