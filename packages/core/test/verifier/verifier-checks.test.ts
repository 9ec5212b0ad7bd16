import type { OAuthTokenVerifier } from '@modelcontextprotocol/server';
import { describe, expect, test } from 'vitest';
import type { SdkVerifierBearerAuthOptions } from '../../src/config/bearer-auth-options.js';
import type { ResourceServerModeConfig } from '../../src/config/mcp-auth.js';
import { ResourceServer } from '../../src/engine/resource-server.js';
import type { MCPAuthEvent } from '../../src/events/events.js';
import { MCPAuth } from '../../src/fetch.js';
import type { VerifyAccessToken } from '../../src/verifier/token-info.js';
import { configError } from '../support/config-error.js';
import { headWith } from '../support/head.js';
import { allowed, lastCode, resource, statusOf } from '../support/protect.js';

const issuer = 'https://as.example.com';
const second = 'https://second.example.com';
const checks = { issuer, audience: resource };
const report = {
  token: 'opaque',
  clientId: 'c',
  scopes: ['read'],
  expiresAt: Math.floor(Date.now() / 1000) + 300,
};

/** As people have it: written for the SDK, with the SDK's own type. */
const verifierOf = (members: object = {}): OAuthTokenVerifier => ({
  verifyAccessToken: () => Promise.resolve({ ...report, ...members }),
});

interface World {
  readonly route?: Partial<SdkVerifierBearerAuthOptions>;
  readonly config?: Partial<ResourceServerModeConfig>;
  readonly servers?: ResourceServerModeConfig['protectedResources'];
}

function serve(members: object, { route, servers }: World = {}) {
  const events: MCPAuthEvent[] = [];
  const server = new ResourceServer({
    protectedResources: servers ?? { metadata: { resource, authorizationServers: [issuer, second] } },
    onEvent: (event) => events.push(event),
  });
  const verifier = verifierOf(members);
  const gate = server.createGate((token: string) => verifier.verifyAccessToken(token), {
    resource,
    verifierChecks: checks,
    ...route,
  });
  return { events, ask: () => gate.authenticate(headWith('Bearer opaque')) };
}

async function codeOf(members: object, world?: World): Promise<string | undefined> {
  const { events, ask } = serve(members, world);
  return statusOf(await ask()) === 200 ? 'passed' : lastCode(events);
}

describe("a verifier of the official SDK's gate, without a word about what it checks", () => {
  test('[MCP-2026-07-28-RS-018] is refused, and the owner is told what to write', async () => {
    const { events, ask } = serve({}, { route: { verifierChecks: undefined as never } });
    expect(statusOf(await ask())).toBe(401);
    expect(events).toContainEqual(
      expect.objectContaining({
        code: 'untrusted_issuer',
        claim: 'iss',
        hint: expect.stringContaining('verifierChecks: { issuer, audience }'),
      }),
    );
  });

  test('does not compile', () => {
    const verifier = verifierOf();
    const verifyAccessToken = (token: string) => verifier.verifyAccessToken(token);
    const auth = new MCPAuth({ resource, authorizationServers: [issuer] });
    const handler = { fetch: () => new Response() };
    // @ts-expect-error -- nothing says the issuer and the audience
    auth.protect(handler, verifyAccessToken, { resource });
    // @ts-expect-error -- JWTs are verified here
    expect(() => auth.protect(handler, 'jwt', { resource, verifierChecks: checks })).toThrow();
    auth.protect(handler, verifyAccessToken, { resource, verifierChecks: checks });
    const named: VerifyAccessToken = () => ({ issuer, audience: resource });
    auth.protect(handler, named, { resource });
  });
});

describe('what the report states of issuer and audience must agree', () => {
  test.each([
    { issuer: second },
    { iss: second },
    { extra: { iss: second } },
    { extra: { issuer: second } },
    { claims: { iss: second } },
    { extra: { iss: `${issuer}/` } },
    { extra: { iss: [issuer] } },
    { extra: { iss: null } },
    { issuer: '' },
  ])('[MCP-2026-07-28-RS-018] another issuer, trusted by the resource or not: %j', async (members) => {
    expect(await codeOf(members)).toBe('untrusted_issuer');
  });

  test.each([
    { audience: 'https://other.example.com' },
    { aud: 'https://other.example.com' },
    { extra: { aud: ['https://other.example.com'] } },
    { extra: { audience: 'https://other.example.com' } },
    { claims: { aud: `${resource}/` } },
    { audience: resource, extra: { aud: 'https://other.example.com' } },
    { resource: new URL('https://other.example.com/mcp') },
    { resource: new URL(`${resource}/`) },
    { resource: 5 },
    { resource: null },
  ])('[MCP-2026-07-28-RS-016] another audience: %j', async (members) => {
    expect(await codeOf(members)).toBe('wrong_audience');
  });

  test.each([{ extra: { aud: [] } }, { audience: '' }])(
    '[MCP-2026-07-28-RS-031] an empty audience is none: %j',
    async (members) => {
      expect(await codeOf(members)).toBe('missing_audience');
    },
  );

  test.each([{ aud: null }, { extra: { aud: 5 } }, { extra: { aud: {} } }, { extra: { aud: [5] } }])(
    'an audience that is none: %j',
    async (members) => {
      expect(await codeOf(members)).toBe('invalid_claim');
    },
  );

  test.each([
    { extra: { iss: issuer, aud: ['x', resource] } },
    { issuer, audience: resource },
    { resource: new URL(resource) },
    { resource: new URL(`${resource}#part`) },
  ])('what agrees passes: %j', async (members) => {
    expect(await codeOf(members)).toBe('passed');
  });
});

describe('all else is checked as for any function', () => {
  test.each([
    [{ expiresAt: undefined }, 'missing_claim'],
    [{ expiresAt: NaN }, 'invalid_claim'],
    [{ extra: { exp: 5 } }, 'token_expired'],
    [{ extra: { nbf: report.expiresAt + 3600 } }, 'token_not_yet_valid'],
    [{ extra: { cnf: { jkt: 'a' } } }, 'sender_constrained'],
    [{ cnf: { jkt: 'a' } }, 'sender_constrained'],
    [{ extra: { active: false } }, 'inactive_token'],
    [{ extra: { sub: 5 } }, 'invalid_claim'],
    [{ clientId: 5 }, 'invalid_claim'],
    [{ extra: 'text' }, 'rejected_by_verifier'],
    [{ extra: null }, 'rejected_by_verifier'],
    [{ extra: new Map() }, 'rejected_by_verifier'],
    [{ claims: [] }, 'rejected_by_verifier'],
    [{ claims: {}, extra: {} }, 'rejected_by_verifier'],
  ])('%j', async (members, code) => {
    expect(await codeOf(members)).toBe(code);
  });

  test.each([
    [{ extra: { at_hash: 'a' } }, 'not_an_access_token'],
    [{ extra: { nonce: 'n' } }, 'not_an_access_token'],
    [{ extra: { token_use: 'id' } }, 'not_an_access_token'],
    [{ claims: { typ: 'Refresh' } }, 'not_an_access_token'],
    [{ extra: { token_type: 'refresh_token' } }, 'not_an_access_token'],
    [{ token_use: 'id' }, 'not_an_access_token'],
    [{ token_type: 'DPoP' }, 'sender_constrained'],
    [{ extra: { token_type: 'dpop' } }, 'sender_constrained'],
    [{ extra: { typ: 'Bearer', nonce: 'n' } }, 'passed'],
    [{ extra: { token_type: 'bearer', token_use: 'access_token' } }, 'passed'],
  ])("an ID token, or another that is no bearer's access token, does not pass: %j", async (members, code) => {
    expect(await codeOf(members)).toBe(code);
  });

  test.each([undefined, null, 'yes', 5])('a report that is none: %j', async (nothing) => {
    const server = new ResourceServer({ resource, authorizationServers: [issuer], onEvent: () => undefined });
    const gate = server.createGate(() => nothing as never, { resource, verifierChecks: checks } as never);
    expect(statusOf(await gate.authenticate(headWith('Bearer opaque')))).toBe(401);
  });

  test('the policy of the authorization server is asked about the extra claims', async () => {
    const policy = {
      name: 'tenant',
      check: ({ tid }: { readonly tid?: unknown }) => (tid === 'a' ? undefined : 'tid'),
    };
    const servers = { metadata: { resource, authorizationServers: [{ issuer, policy }] } };
    expect(await codeOf({ extra: { tid: 'b' } }, { servers })).toBe('policy_refused');
    expect(await codeOf({ extra: { tid: 'a' } }, { servers })).toBe('passed');
  });
});

describe('what the route says must be what it asks for', () => {
  const start =
    (verifierChecks: unknown, route: object = {}) =>
    () =>
      serve({}, { route: { verifierChecks, ...route } as never });

  test('an issuer that the resource does not trust', () => {
    expect(configError(start({ ...checks, issuer: 'https://evil.example.com' }))).toEqual({
      code: 'invalid_option',
      path: 'verifierChecks.issuer',
      message: expect.stringContaining(`must be "${issuer}" or "${second}"`),
    });
  });

  test.each(['https://other.example.com', [resource, 'https://other.example.com']])(
    'an audience that stands for another resource: %j',
    (audience) => {
      expect(configError(start({ issuer, audience }))).toMatchObject({
        code: 'invalid_audience',
        path: 'verifierChecks.audience',
      });
    },
  );

  test.each([{ issuer }, { audience: resource }, {}, { issuer: undefined, audience: resource }])(
    'half of it: %j',
    (given) => {
      expect(configError(start(given)).path).toMatch(/^verifierChecks\.(?:issuer|audience)$/);
    },
  );

  test.each([[{ ...checks, audience: [] }], [{ ...checks, audience: '' }], ['issuer'], [[]]])(
    'something else: %j',
    (given) => {
      expect(configError(start(given)).path).toMatch(/^verifierChecks/);
    },
  );

  test('a name that is none', () => {
    expect(configError(start({ ...checks, audiences: [resource] }))).toMatchObject({
      code: 'unknown_option',
      message: expect.stringContaining('Did you mean audience?'),
    });
  });

  test.each(['jwt', 'introspection', 'auto'] as const)('a route that verifies by itself: %s', (mode) => {
    const introspection = { clientAuthentication: { method: 'bearer', token: 't' } } as const;
    const server = new ResourceServer({ resource, authorizationServers: [{ issuer, introspection }] });
    expect(
      configError(() => server.createGate(mode, { resource, verifierChecks: checks } as never)),
    ).toMatchObject({ code: 'unsupported_option', path: 'verifierChecks' });
  });

  test('an audience of the provider, where the route accepts it', async () => {
    const servers = {
      metadata: { resource, authorizationServers: [{ issuer, audiences: ['api://notes'] }] },
    };
    const route = { verifierChecks: { issuer, audience: 'api://notes' } };
    expect(await codeOf({ resource: new URL(resource) }, { servers, route })).toBe('passed');
    expect(await codeOf({ extra: { aud: resource } }, { servers, route })).toBe('wrong_audience');
  });
});

describe('the caller', () => {
  test('has the issuer and the audience that the route names, and the extra claims', async () => {
    const caller = allowed(await serve({ extra: { sub: 'alice', plan: 'pro' } }).ask());
    expect(caller).toMatchObject({
      issuer,
      audience: resource,
      subject: 'alice',
      clientId: 'c',
      scopes: ['read'],
      claims: { sub: 'alice', plan: 'pro' },
    });
  });

  test('of a class with getters is read by name', async () => {
    class Info {
      readonly token = 'opaque';
      readonly clientId = 'c';
      readonly scopes: string[] = [];
      readonly expiresAt = report.expiresAt;
      get iss(): string {
        return second;
      }
    }
    const server = new ResourceServer({
      resource,
      authorizationServers: [issuer, second],
      onEvent: () => undefined,
    });
    const gate = server.createGate(() => new Info(), { resource, verifierChecks: checks });
    expect(statusOf(await gate.authenticate(headWith('Bearer opaque')))).toBe(401);
  });

  test("is the same behind the SDK's own gate", async () => {
    const auth = new MCPAuth({ resource, authorizationServers: [issuer] });
    const mode = (token: string) => verifierOf().verifyAccessToken(token);
    const verifier = auth.verifier(resource, { mode, verifierChecks: checks });
    expect(await verifier.verifyAccessToken('opaque')).toMatchObject({ issuer, audience: resource });
    expect(() => auth.verifier(resource, { mode, verifierChecks: { issuer, audience: 'x' } })).toThrow(
      'verifierChecks.audience',
    );
  });
});
