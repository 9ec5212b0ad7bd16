import { describe, expect, test } from 'vitest';
import { MCPAuth } from '../../src/fetch.js';
import { explainToken } from '../../src/explain.js';
import {
  AuthInfo,
  type AuthenticationNeed,
  type BearerAuthOptions,
  type OperationPolicy,
} from '../../src/index.js';
import { combineAuthentication } from '../../src/policy/authentication-need.js';
import { checkLogin } from '../../src/policy/check-login.js';
import { configError } from '../support/config-error.js';
import { createHead } from '../support/head.js';
import { challengeOf, protect, refused, resource, statusOf } from '../support/protect.js';
import { callTool, denials } from './ask-gate.js';

const now = 1_800_000_000;
const ago = (seconds: number) => ({ auth_time: now - seconds });

describe('a login (RFC 9470 §6)', () => {
  const gold: AuthenticationNeed = { acrValues: ['gold'] };
  const recent: AuthenticationNeed = { maxAgeSeconds: 900 };

  test.each<[string, AuthenticationNeed, Record<string, unknown>, 'acr' | 'auth_time']>([
    ['stepup-01 of another level', gold, { acr: 'bronze' }, 'acr'],
    ['of no level', gold, {}, 'acr'],
    ['of a level in another case', gold, { acr: 'Gold' }, 'acr'],
    ['stepup-05 whose acr is a list', gold, { acr: ['gold'] }, 'acr'],
    ['stepup-05 whose acr is a number', { acrValues: ['1'] }, { acr: 1 }, 'acr'],
    ['whose acr is inherited', gold, Object.create({ acr: 'gold' }) as Record<string, unknown>, 'acr'],
    ['stepup-02 one second too long ago', recent, ago(901), 'auth_time'],
    ['at no time', recent, {}, 'auth_time'],
    ['at a time in a string', recent, { auth_time: String(now) }, 'auth_time'],
    ['at a time that is null', recent, { auth_time: null }, 'auth_time'],
    ['before all times', recent, { auth_time: -1 }, 'auth_time'],
    ['at no number', recent, { auth_time: Number.NaN }, 'auth_time'],
    ['in milliseconds', recent, { auth_time: now * 1000 }, 'auth_time'],
    ['further ahead than clocks are apart', recent, ago(-61), 'auth_time'],
    ['stepup-06 a second ago, where none may pass', { maxAgeSeconds: 0 }, ago(1), 'auth_time'],
    ['recent and of another level', { ...gold, ...recent }, { acr: 'bronze', ...ago(1) }, 'acr'],
    ['of the level and too long ago', { ...gold, ...recent }, { acr: 'gold', ...ago(901) }, 'auth_time'],
  ])('%s falls short', (_what, need, claims, claim) => {
    expect(checkLogin(need, claims, now * 1000)?.claim).toBe(claim);
  });

  test.each<[string, AuthenticationNeed, Record<string, unknown>]>([
    ['stepup-03 within the time', recent, ago(899)],
    ['in its last second', recent, ago(900)],
    ['in a fraction of its last second', recent, { auth_time: now - 900.9 + 0.95 }],
    ['a little ahead, as clocks are', recent, ago(-60)],
    ['stepup-06 in this very second', { maxAgeSeconds: 0 }, ago(0)],
    ['stepup-04 of the second of two levels', { acrValues: ['gold', 'silver'] }, { acr: 'silver' }],
    ['that meets both', { ...gold, ...recent }, { acr: 'gold', ...ago(899) }],
  ])('%s does', (_what, need, claims) => {
    expect(checkLogin(need, claims, now * 1000 + 999)).toBeUndefined();
  });

  test('is never recent by a clock that tells no time', () => {
    expect(checkLogin(recent, ago(1), Number.NaN)?.claim).toBe('auth_time');
  });
});

describe('one login for several needs', () => {
  test.each<[string, AuthenticationNeed, AuthenticationNeed[], AuthenticationNeed]>([
    ['the least age', { maxAgeSeconds: 9 }, [{ maxAgeSeconds: 5 }], { maxAgeSeconds: 5 }],
    ['an age of 0', { maxAgeSeconds: 9 }, [{ maxAgeSeconds: 0 }], { maxAgeSeconds: 0 }],
    ['both parts', { acrValues: ['a'] }, [{ maxAgeSeconds: 5 }], { acrValues: ['a'], maxAgeSeconds: 5 }],
    ['both parts', { maxAgeSeconds: 5 }, [{ acrValues: ['a'] }], { acrValues: ['a'], maxAgeSeconds: 5 }],
    ['what all accept', { acrValues: ['a', 'b'] }, [{ acrValues: ['c', 'b'] }], { acrValues: ['b'] }],
    ['the first, where nothing is', { acrValues: ['a'] }, [{ acrValues: ['b'] }], { acrValues: ['a'] }],
  ])('asks for %s', (_what, first, others, expected) => {
    expect(combineAuthentication(first, others)).toEqual(expected);
  });
});

/** A route, and a caller whose token says this. */
async function gateFor(options: Partial<BearerAuthOptions>) {
  const found = await protect({ options });
  const { gate, issuer, clock, server } = found;
  const send = async (claims: Record<string, unknown> | undefined, body?: unknown) => {
    const token = claims && (await issuer.sign({ scope: 'read', ...claims }));
    const headers = {
      'mcp-protocol-version': '2026-07-28',
      ...(token === undefined ? undefined : { authorization: `Bearer ${token}` }),
    };
    const head = { ...createHead({ headers }), ...(body === undefined ? { method: 'GET' } : undefined) };
    const first = await gate.authenticate(head);
    if (first.kind === 'refuse' || first.next === 'proceed') return first;
    return gate.authorize(head, first.auth, { kind: 'json', value: body });
  };
  return { ...found, send, seconds: () => clock.seconds(), server };
}

describe('a route that demands a login', () => {
  const route = {
    requiredScopes: ['read'],
    requiredAuthentication: { acrValues: ['gold', 'silver'], maxAgeSeconds: 900 },
  };

  test('refuses a token that does not say so with 401, and names all that is needed at once', async () => {
    const { send, events } = await gateFor(route);
    const decision = refused(await send({ scope: 'other' }));
    expect(decision.status).toBe(401);
    expect(challengeOf(decision)).toEqual({
      error: 'insufficient_user_authentication',
      error_description: 'Another or a more recent login is needed for this operation',
      acr_values: 'gold silver',
      max_age: '900',
      scope: 'read',
      resource_metadata: 'https://api.example.com/.well-known/oauth-protected-resource/mcp',
    });
    expect(denials(events)[0]).toMatchObject({
      code: 'insufficient_user_authentication',
      status: 401,
      claim: 'acr',
      expected: ['gold', 'silver'],
      caller: { subject: 'user-1' },
    });
  });

  test('lets in who has logged in so, and still demands the scopes', async () => {
    const { send, seconds } = await gateFor(route);
    const login = { acr: 'silver', auth_time: seconds() - 900 };
    expect(statusOf(await send(login))).toBe(200);
    expect(statusOf(await send({ ...login, scope: 'other' }))).toBe(403);
  });

  test('says so again when the login has got too old, though the token is remembered', async () => {
    const { gate, issuer, clock, events } = await gateFor(route);
    const token = await issuer.sign({ scope: 'read', acr: 'gold', auth_time: clock.seconds() - 890 });
    const ask = async () =>
      gate.authenticate({
        ...createHead({ headers: { authorization: `Bearer ${token}` } }),
        method: 'GET',
      });
    expect(statusOf(await ask())).toBe(200);
    clock.advance(11);
    expect(statusOf(await ask())).toBe(401);
    expect(denials(events)[0]).toMatchObject({ claim: 'auth_time', memory: 'remembered' });
  });

  test('tells a caller without a token nothing of it: no login has fallen short', async () => {
    const { send } = await gateFor(route);
    expect(challengeOf(refused(await send(undefined)))).toEqual({
      scope: 'read',
      resource_metadata: expect.any(String) as string,
    });
  });

  test('opens what is for everybody, to weak logins too', async () => {
    const operations: OperationPolicy = { tools: { search: 'anonymous', '*': [] } };
    const { send } = await gateFor({ ...route, operations });
    expect(statusOf(await send({}, callTool('search')))).toBe(200);
    expect(statusOf(await send({}, callTool('write')))).toBe(401);
    expect(statusOf(await send({}))).toBe(401);
  });

  test.each([
    ['nothing', {}, 'requiredAuthentication'],
    ['a string for a list', { acrValues: 'gold' }, 'requiredAuthentication.acrValues'],
    ['the name of the standard', { acr_values: ['gold'] }, 'requiredAuthentication.acr_values'],
    ['a time in a string', { maxAgeSeconds: '900' }, 'requiredAuthentication.maxAgeSeconds'],
    ['half a second', { maxAgeSeconds: 0.5 }, 'requiredAuthentication.maxAgeSeconds'],
    ['a level alone', 'gold', 'requiredAuthentication'],
  ])('%s is an error where it is configured', async (_what, need, path) => {
    const { server } = await protect();
    const error = configError(() =>
      server.createGate('jwt', { resource, requiredAuthentication: need as never }),
    );
    expect(error.path).toBe(path);
  });

  test('what is changed later changes nothing', async () => {
    const acrValues = ['gold'];
    const { send } = await gateFor({ requiredAuthentication: { acrValues } });
    acrValues[0] = 'bronze';
    expect(statusOf(await send({ acr: 'bronze' }))).toBe(401);
  });
});

describe('a rule that demands a login', () => {
  const operations: OperationPolicy = {
    tools: {
      close: { allOf: ['write'], authentication: { acrValues: ['gold'] } },
      pay: ({ arguments: given }) =>
        Number(given?.amount) <= 100 ? [] : { anyOf: ['pay'], authentication: { maxAgeSeconds: 60 } },
      sign: { authentication: { acrValues: ['gold', 'silver'] } },
      '*': [],
    },
  };

  test('refuses a weak login with 401, with the scopes that are missing too (stepup-08)', async () => {
    const { send } = await gateFor({ operations, requiredScopes: ['read'] });
    expect(challengeOf(refused(await send({ acr: 'bronze' }, callTool('close'))))).toMatchObject({
      error: 'insufficient_user_authentication',
      acr_values: 'gold',
      scope: 'read write',
    });
  });

  test('is a matter of scopes where the login is good: no word of it in a 403', async () => {
    const { send } = await gateFor({ operations, requiredScopes: ['read'] });
    const decision = refused(await send({ acr: 'gold' }, callTool('close')));
    expect(decision.status).toBe(403);
    expect(challengeOf(decision)).toMatchObject({ error: 'insufficient_scope', scope: 'read write' });
    expect(challengeOf(decision).acr_values).toBeUndefined();
    expect(statusOf(await send({ acr: 'gold', scope: 'read write' }, callTool('close')))).toBe(200);
  });

  test('can be what a function returns, compared in the same way', async () => {
    const { send, seconds } = await gateFor({ operations });
    const much = callTool('pay', { amount: 101 });
    const pays = { scope: 'pay' };
    expect(statusOf(await send({}, callTool('pay', { amount: 100 })))).toBe(200);
    expect(challengeOf(refused(await send({ ...pays, auth_time: seconds() - 61 }, much)))).toMatchObject({
      error: 'insufficient_user_authentication',
      max_age: '60',
    });
    expect(statusOf(await send({ ...pays, auth_time: seconds() - 60 }, much))).toBe(200);
  });

  test('a batch is challenged once, for a login that is good for all of it', async () => {
    const { send } = await gateFor({ operations, requiredAuthentication: { maxAgeSeconds: 300 } });
    const batch = [callTool('sign', {}, 1), callTool('close', {}, 2)];
    const challenge = challengeOf(refused(await send({ acr: 'silver', auth_time: 1 }, batch)));
    expect(challenge).toMatchObject({ acr_values: 'gold', max_age: '300', scope: 'write' });
  });

  test('a login that one part is content with is asked for again, so that the new one is good for both', async () => {
    const { send, seconds } = await gateFor({ operations, requiredAuthentication: { maxAgeSeconds: 300 } });
    const found = await send({ acr: 'bronze', auth_time: seconds() }, callTool('close'));
    expect(challengeOf(refused(found))).toMatchObject({ acr_values: 'gold', max_age: '300' });
  });

  test.each([
    ['no login', { authentication: {} }, 'close"].authentication'],
    ['a misspelt member', { allOf: ['a'], authenticaton: {} }, 'close"].authenticaton'],
    ['a scope that is none', { allOf: ['a b'], authentication: { maxAgeSeconds: 1 } }, 'close"]'],
    ['a list that is a string', { allOf: 'a', authentication: { maxAgeSeconds: 1 } }, 'close"].allOf'],
  ])('with %s is an error where it is configured', async (_what, rule, path) => {
    const { server } = await protect();
    const tools = { close: rule as never, '*': [] } as const;
    const error = configError(() => server.createGate('jwt', { resource, operations: { tools } }));
    expect(error.path).toContain(path);
  });
});

describe('outside of a gate', () => {
  const need: AuthenticationNeed = { acrValues: ['gold'] };
  const callerWith = (claims: Record<string, unknown>) =>
    new AuthInfo({
      token: 'opaque',
      issuer: 'https://as.example.com',
      clientId: 'client-1',
      subject: 'user-1',
      audience: resource,
      scopes: ['read'],
      expiresAt: now,
      claims,
      resource,
      resourceMetadataUrl: undefined,
    });
  const auth = new MCPAuth({
    resource,
    authorizationServers: ['https://as.example.com'],
    onEvent: () => undefined,
  });
  const request = { method: 'tools/call', params: { name: 'close' } };

  test.each<[string, Record<string, unknown>, boolean]>([
    ['a weak login', { acr: 'bronze' }, false],
    ['no login', {}, false],
    ['a good login', { acr: 'gold' }, true],
  ])(
    'lists and scope challenges see %s as the gate does, by rule and by route',
    async (_what, claims, isGood) => {
      const caller = callerWith(claims);
      const rules = { tools: { close: { authentication: need }, '*': 'refuse' } } as const;
      const open = { tools: { '*': [] } } as const;
      const shown = async (options: Parameters<typeof auth.listFilter>[0]) =>
        (await auth.listFilter(options).visible('tools', [{ name: 'close' }], caller)).length === 1;
      expect(await shown({ operations: rules })).toBe(isGood);
      expect(await shown({ operations: open, requiredAuthentication: need })).toBe(isGood);
      for (const challenge of [
        auth.scopeChallenge({ authentication: need }, {}),
        auth.scopeChallenge(rules, {}),
        auth.scopeChallenge([], { requiredAuthentication: need }),
      ]) {
        const found = await challenge({ request, authInfo: caller }).catch((error: unknown) => error);
        if (isGood) expect(found).toBeUndefined();
        else expect(found).toMatchObject({ code: 'insufficient_user_authentication' });
      }
    },
  );

  test('scopes alone, of which nobody knows the login, are not enough', async () => {
    const filter = auth.listFilter({ operations: { tools: { '*': [] } }, requiredAuthentication: need });
    expect(await filter.visible('tools', [{ name: 'close' }], { scopes: ['read'] })).toEqual([]);
  });
});

describe('an explanation', () => {
  test('tells which login a token states, before its scopes', async () => {
    const { issuer, clock } = await protect();
    const token = await issuer.sign({ acr: 'gold', auth_time: clock.seconds() - 1200 });
    const { refusal, checks } = await explainToken(token, {
      resource,
      authorizationServers: [{ issuer: issuer.issuer, jwks: { keys: [issuer.key.publicJwk] } }],
      requiredAuthentication: { acrValues: ['gold'], maxAgeSeconds: 900 },
      requiredScopes: ['admin'],
      jwtVerify: { currentDate: new Date(clock.now()) },
    });
    expect(refusal).toMatchObject({
      name: 'authentication',
      code: 'insufficient_user_authentication',
      claim: 'auth_time',
    });
    expect(refusal?.message).toMatch(/the login was .*, 20 min ago, expected at most 900 s ago$/);
    expect(checks.find(({ name }) => name === 'scopes')?.outcome).toBe('refused');
  });
});
