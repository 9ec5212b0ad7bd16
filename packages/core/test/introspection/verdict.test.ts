import { describe, expect, test } from 'vitest';
import { allowed, challengeOf, lastCode, statusOf } from '../support/protect.js';
import { introspecting, opaque } from './support.js';

async function judge(
  answer: Readonly<Record<string, unknown>>,
  setup: Parameters<typeof introspecting>[0] = {},
) {
  const all = await introspecting(setup);
  all.endpoint.answers.set(opaque, answer);
  const decision = await all.ask(opaque);
  return { ...all, decision, status: statusOf(decision), code: lastCode(all.events) };
}

/** Judges an answer about a good token that was changed. */
async function judgeChanged(
  changes: Readonly<Record<string, unknown>>,
  setup: Parameters<typeof introspecting>[0] = {},
) {
  const all = await introspecting(setup);
  all.endpoint.answers.set(opaque, all.good(changes));
  const decision = await all.ask(opaque);
  return { ...all, decision, status: statusOf(decision), code: lastCode(all.events) };
}

describe('[RFC7662-2.2-01] only active with the value true opens the resource', () => {
  test.each([
    { active: false },
    {},
    { active: 'true' },
    { active: 1 },
    { active: null },
    { active: [true] },
    { active: { value: true } },
    { Active: true },
    JSON.parse('{"__proto__":{"active":true}}') as object,
  ])('%j', async (answer) => {
    const { decision, status, code } = await judge({
      ...(await introspecting()).good({ active: undefined }),
      ...answer,
    });
    expect([status, code]).toEqual([401, 'inactive_token']);
    expect(challengeOf(decision).error).toBe('invalid_token');
  });
});

describe('[RFC7662-2.2-02] what an active token may do is judged as that of a JWT', () => {
  test.each([
    [{ aud: 'https://other.example.com/mcp' }, 'wrong_audience'],
    [{ aud: ['https://other.example.com/mcp', 'https://api.example.com'] }, 'wrong_audience'],
    [{ aud: undefined }, 'missing_audience'],
    [{ aud: null }, 'missing_audience'],
    [{ aud: [] }, 'missing_audience'],
    [{ aud: '' }, 'missing_audience'],
    [{ aud: [5] }, 'invalid_claim'],
    [{ aud: {} }, 'invalid_claim'],
  ])('[MCP-2026-07-28-RS-016][MCP-2026-07-28-RS-031] audience: %j', async (changes, code) => {
    expect(await judgeChanged(changes)).toMatchObject({ status: 401, code });
  });

  test.each([
    'https://other.example.com',
    'https://as.example.com/',
    'https://api.example.com/mcp',
    '',
    5,
    ['https://as.example.com'],
  ])('[MCP-2026-07-28-RS-018] an iss that is not its own: %j', async (iss) => {
    expect(await judgeChanged({ iss })).toMatchObject({ status: 401, code: 'untrusted_issuer' });
  });

  test.each([
    [{ exp: Date.UTC(2026, 0, 1) / 1000 - 5 }, 'token_expired'],
    [{ exp: undefined }, 'missing_claim'],
    [{ exp: null }, 'missing_claim'],
    [{ exp: 'soon' }, 'invalid_claim'],
    [{ exp: '4102444800' }, 'invalid_claim'],
    [{ exp: 4_102_444_800_000 }, 'invalid_claim'],
    [{ nbf: Date.UTC(2026, 0, 1) / 1000 + 61 }, 'token_not_yet_valid'],
    [{ iat: Date.UTC(2026, 0, 1) / 1000 + 61 }, 'issued_in_future'],
    [{ nbf: 'later' }, 'invalid_claim'],
  ])('[OAUTH21-5-01] time: %j', async (changes, code) => {
    expect(await judgeChanged(changes)).toMatchObject({ status: 401, code });
  });

  test.each([
    [{ cnf: { jkt: 'x' } }, 'sender_constrained'],
    [{ cnf: { 'x5t#S256': 'x' } }, 'sender_constrained'],
    [{ cnf: null }, 'sender_constrained'],
    [{ token_type: 'DPoP' }, 'sender_constrained'],
  ])('[RFC8705-3.2-01][RFC9449-6-01] a binding that cannot be checked: %j', async (changes, code) => {
    expect(await judgeChanged(changes)).toMatchObject({ status: 401, code });
  });

  test('[RFC9449-7.2-01] a bound JWT is no bearer token where the answer about it leaves cnf out', async () => {
    for (const cnf of [{ jkt: 'A'.repeat(43) }, { 'x5t#S256': 'A'.repeat(43) }, {}, null]) {
      const { ask, endpoint, good, issuer, events } = await introspecting();
      const [bound, plain] = [await issuer.sign(issuer.claims({ cnf })), await issuer.sign(issuer.claims())];
      for (const token of [bound, plain]) endpoint.answers.set(token, good());
      expect([statusOf(await ask(bound)), lastCode(events)]).toEqual([401, 'sender_constrained']);
      expect(statusOf(await ask(plain))).toBe(200);
    }
  });

  test.each([
    { token_type: 'refresh_token' },
    { token_type: 'N_A' },
    { token_type: 5 },
    { token_use: 'refresh_token' },
    { token_use: 'id' },
    { typ: 'Refresh' },
    { typ: 'ID' },
    { at_hash: 'x' },
    { token_type: undefined, nonce: 'n' },
    { events: { 'http://schemas.openid.net/event/backchannel-logout': {} } },
  ])('[RFC8725-3.12-01] a token of another kind: %j', async (changes) => {
    expect(await judgeChanged(changes)).toMatchObject({ status: 401, code: 'not_an_access_token' });
  });

  test.each([{ sub: 5 }, { sub: ['a'] }, { client_id: 5 }, { client_id: {} }])(
    'shapes: %j',
    async (changes) => {
      expect(await judgeChanged(changes)).toMatchObject({ status: 401, code: 'invalid_claim' });
    },
  );

  test('[OAUTH21-5.2-01] the policy of the authorization server', async () => {
    const policy = {
      name: 'p',
      check: ({ tenant }: Record<string, unknown>) => (tenant === 'a' ? undefined : 'tenant'),
    };
    expect(await judgeChanged({ tenant: 'b' }, { server: { policy } })).toMatchObject({
      status: 401,
      code: 'policy_refused',
    });
    expect((await judgeChanged({ tenant: 'a' }, { server: { policy } })).status).toBe(200);
  });

  test('[RFC6750-3.1-03] a scope that is missing is 403, not 401', async () => {
    const setup = { options: { requiredScopes: ['read', 'admin'] } };
    const { decision, status } = await judgeChanged({ scope: 'read' }, setup);
    expect(status).toBe(403);
    expect(challengeOf(decision)).toMatchObject({ error: 'insufficient_scope', scope: 'read admin' });
  });

  test.each([undefined, null, '', 5, {}, ['"', 7], 'read"'])('no scope is granted by %j', async (scope) => {
    const setup = { options: { requiredScopes: ['read'] } };
    expect((await judgeChanged({ scope }, setup)).status).toBe(403);
  });
});

describe('a good token', () => {
  test('[RFC7662-2.2-03] stands for the caller that the answer describes', async () => {
    const { decision, clock } = await judgeChanged({ scope: 'read write', username: 'ada' });
    expect(allowed(decision)).toMatchObject({
      token: opaque,
      issuer: 'https://as.example.com',
      clientId: 'client-1',
      subject: 'user-1',
      audience: 'https://api.example.com/mcp',
      scopes: ['read', 'write'],
      expiresAt: clock.seconds() + 300,
      claims: { active: true, username: 'ada' },
    });
  });

  test.each([
    [{ scope: ['read', 'write'] }, ['read', 'write']],
    [{ scope: undefined, scp: 'read' }, ['read']],
    [{ scope: undefined, scopes: ['read'] }, ['read']],
  ])('scopes in another shape: %j', async (changes, scopes) => {
    expect(allowed((await judgeChanged(changes)).decision).scopes).toEqual(scopes);
  });

  test('scopes by the mapping of the configuration', async () => {
    const { decision } = await judgeChanged(
      { scope: 'read', realm_access: { roles: ['admin'] } },
      { server: { scopeClaims: ['realm_access.roles'] } },
    );
    expect(allowed(decision).scopes).toEqual(['admin']);
  });

  test('an answer without iss is that of the server that was asked', async () => {
    expect(allowed((await judgeChanged({ iss: undefined })).decision).issuer).toBe('https://as.example.com');
    const tokenIssuers = ['https://sts.example.com', 'https://other.example.com'];
    const { decision } = await judgeChanged({ iss: undefined }, { server: { tokenIssuers } });
    expect(allowed(decision).issuer).toBe('https://sts.example.com');
    expect((await judgeChanged({}, { server: { tokenIssuers } })).code).toBe('untrusted_issuer');
  });

  test.each([
    { token_type: 'bearer' },
    { token_type: undefined },
    { token_type: null },
    { token_type: 'access_token', token_use: 'access_token' },
    { typ: 'Bearer', nonce: 'n' },
    { nonce: 'n' },
  ])('is named an access token in the ways that servers have: %j', async (changes) => {
    expect((await judgeChanged(changes)).status).toBe(200);
  });

  test('the claims are frozen at any depth', async () => {
    const { claims } = allowed((await judgeChanged({ roles: { list: ['user'] } })).decision);
    expect(() => (claims.roles as { list: string[] }).list.push('admin')).toThrow(TypeError);
  });

  test('[MCP-2026-07-28-RS-033] members that repeat the token are left out', async () => {
    const { claims } = allowed(
      (await judgeChanged({ jti: opaque, ext: { of: [`x${opaque}y`] }, [opaque]: 1, kept: 'yes' })).decision,
    );
    expect(JSON.stringify(claims)).not.toContain(opaque);
    expect(claims.kept).toBe('yes');
  });

  test.each([
    { iss: `https://${opaque}.example.com` },
    { cnf: { jkt: opaque } },
    { token_type: opaque },
    { token_use: opaque },
    { nbf: opaque },
    { exp: opaque },
    { iat: opaque },
    { at_hash: opaque },
    { token_introspection: { of: opaque } },
    { token_type: undefined, nonce: opaque },
  ])(
    '[RFC7662-2.2-02] what speaks against a token counts, also where it repeats the token: %j',
    async (changes) => {
      const { status, decision } = await judgeChanged(changes, {
        options: { lifetimeWithoutExpirySeconds: 60 },
      });
      expect(status).toBe(401);
      expect(JSON.stringify(decision)).not.toContain(opaque);
    },
  );

  test('[MCP-2026-07-28-RS-031] an audience that repeats the token is none of ours, not an absent one, where a policy admits that', async () => {
    const policy = { name: 'p', audienceMayBeAbsent: true, check: () => undefined };
    expect((await judgeChanged({ aud: undefined }, { server: { policy } })).status).toBe(200);
    expect(await judgeChanged({ aud: opaque }, { server: { policy } })).toMatchObject({
      status: 401,
      code: 'wrong_audience',
    });
  });

  test('[RFC7662-2.2-03] is the same caller to a handler as the bearer of a JWT with these claims', async () => {
    const { ask, issuer, endpoint } = await introspecting({ mode: 'auto' });
    const claims = issuer.claims({ aud: ['https://api.example.com/mcp', 'other'], roles: ['a'] });
    endpoint.answers.set(opaque, { active: true, token_type: 'Bearer', ...claims });
    const [asked, signed] = [allowed(await ask(opaque)), allowed(await ask(await issuer.sign(claims)))];
    expect(Object.keys(asked)).toEqual(Object.keys(signed));
    expect(asked.resource.href).toBe(signed.resource.href);
    const { active, token_type: type, ...rest } = asked.claims;
    expect([active, type]).toEqual([true, 'Bearer']);
    expect([asked.verifiedBy, signed.verifiedBy]).toEqual(['introspection', 'jwt']);
    expect({ ...asked.toJSON(), claims: rest, verifiedBy: 'jwt' }).toEqual(signed.toJSON());
  });
});

describe('[OAUTH21-5-01] a token without an expiry', () => {
  test('becomes too old after lifetimeWithoutExpirySeconds since it was issued', async () => {
    const options = { lifetimeWithoutExpirySeconds: 600 };
    const { decision, clock, ask } = await judgeChanged({ exp: undefined }, { options });
    const issuedAt = clock.seconds();
    expect(allowed(decision).expiresAt).toBe(issuedAt + 600);
    clock.advance(604);
    expect(statusOf(await ask(opaque))).toBe(200);
    clock.advance(1);
    expect(statusOf(await ask(opaque))).toBe(401);
  });

  test('ends lifetimeWithoutExpirySeconds after the answer where nothing says when it was issued', async () => {
    const options = { lifetimeWithoutExpirySeconds: 600 };
    const { decision, clock } = await judgeChanged({ exp: null, iat: null }, { options });
    expect(allowed(decision).expiresAt).toBe(clock.seconds() + 600);
  });

  test('an expiry that is stated is not extended', async () => {
    const { clock } = await introspecting();
    const { code } = await judgeChanged(
      { exp: clock.seconds() - 60 },
      { options: { lifetimeWithoutExpirySeconds: 600 } },
    );
    expect(code).toBe('token_expired');
  });
});
