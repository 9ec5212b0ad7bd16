import { beforeAll, describe, expect, test } from 'vitest';
import { explainToken, tokenChecks, type ExplainOptions } from '../../src/explain.js';
import { createClock } from '../support/clock.js';
import { assembleJwt } from '../support/jwt.js';
import { createKey, signRaw, type SigningKey } from '../support/keys.js';

const clock = createClock();
const issuer = 'https://as.example.com';
const resource = 'https://api.example.com/mcp';
const claims = { iss: issuer, aud: resource, sub: 'u', scope: 'notes:read', exp: clock.seconds() + 60 };
let key: SigningKey;

beforeAll(async () => {
  key = await createKey({ kid: 'k1' });
});

const optionsWith = (changes: Partial<ExplainOptions> = {}): ExplainOptions => ({
  resource,
  authorizationServers: [{ issuer, jwks: { keys: [key.publicJwk] } }],
  jwtVerify: { currentDate: new Date(clock.now()) },
  ...changes,
});

const outcomes = async (token: string, options = optionsWith()) => {
  const { checks } = await explainToken(token, options);
  return Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]));
};

describe('a token that is refused', () => {
  test('shows everything that speaks against it, in the order of the gate', async () => {
    const token = await signRaw(key, {
      ...claims,
      exp: clock.seconds() - 60,
      aud: 'https://other.example.com',
    });
    const { verdict, refusal, checks } = await explainToken(
      token,
      optionsWith({ requiredScopes: ['notes:write'] }),
    );
    expect(verdict).toBe('refused');
    expect(refusal).toMatchObject({ name: 'time', outcome: 'refused', code: 'token_expired', claim: 'exp' });
    expect(checks.filter(({ outcome }) => outcome === 'refused').map(({ name }) => name)).toEqual([
      'time',
      'audience',
      'scopes',
    ]);
  });

  test('[RFC6750-2.1-02] text that no Authorization header may carry is malformed credentials', async () => {
    for (const text of ['', 'a b', 'a,b', 'é']) {
      const { refusal } = await explainToken(text, optionsWith());
      expect(refusal).toMatchObject({ name: 'credentials', code: 'malformed_credentials' });
    }
  });

  test('a resource in a private network without TLS is explained too: nothing is sent to it', async () => {
    const inside = 'http://192.168.1.20:3000/mcp';
    const token = await signRaw(key, { ...claims, aud: inside });
    expect((await explainToken(token, optionsWith({ resource: inside }))).verdict).toBe('accepted');
  });

  test('so is a token of a provider with more keys than a route takes by default', async () => {
    const others = Array.from({ length: 150 }, (_, index) => ({ ...key.publicJwk, kid: `other-${index}` }));
    const authorizationServers = [{ issuer, jwks: { keys: [...others, key.publicJwk] } }];
    const token = await signRaw(key, claims);
    expect((await explainToken(token, optionsWith({ authorizationServers }))).verdict).toBe('accepted');
  });

  test('a key that the set has and that is left out is told as such, and one that it lacks as unknown', async () => {
    const weak = { kty: 'RSA', kid: 'weak', n: 'AQAB', e: 'AQAB' };
    const authorizationServers = [{ issuer, jwks: { keys: [weak, key.publicJwk] } }];
    for (const [kid, code] of [
      ['weak', 'unsuitable_key'],
      ['other', 'unknown_key'],
    ]) {
      const token = await signRaw(key, claims, { kid });
      const { refusal } = await explainToken(token, optionsWith({ authorizationServers }));
      expect(refusal).toMatchObject({ name: 'signature', code });
    }
  });

  test('unreadable text leaves every later check open', async () => {
    const found = await outcomes('opaque');
    expect(found).toMatchObject({ credentials: 'passed', size: 'passed', syntax: 'refused' });
    expect(tokenChecks.slice(3).every((name) => found[name] === 'not-checkable')).toBe(true);
  });

  test('[RFC9068-4-01] with an issuer nobody trusts neither signature nor audience can be checked', async () => {
    const found = await outcomes(await signRaw(key, { ...claims, iss: 'https://other.example.com' }));
    expect(found).toMatchObject({ issuer: 'refused', signature: 'not-checkable', audience: 'not-checkable' });
  });

  test('[RFC8725-3.1-01] under an algorithm that is not allowed no signature is looked at', async () => {
    const found = await outcomes(assembleJwt({ alg: 'none' }, claims));
    expect(found).toMatchObject({ header: 'refused', signature: 'not-checkable' });
  });

  test('the signature of a stranger under a known key identifier is refused', async () => {
    const stranger = await createKey({ kid: 'k1' });
    expect(await outcomes(await signRaw(stranger, claims))).toMatchObject({ signature: 'refused' });
  });
});

describe('what was expected, and what came', () => {
  const refusalOf = async (changes: object, options = optionsWith()) =>
    (await explainToken(await signRaw(key, { ...claims, ...changes }), options)).refusal;

  test('a slash too many in the audience: both, character by character', async () => {
    expect(await refusalOf({ aud: `${resource}/` })).toMatchObject({
      code: 'wrong_audience',
      expected: [resource],
      actual: `${resource}/`,
      message: `the token is for "${resource}/", this resource is "${resource}"`,
    });
  });

  test('a time is a date and how far away it is', async () => {
    const exp = clock.seconds() - 300;
    const date = new Date(exp * 1000).toISOString().replace('.000Z', 'Z');
    expect(await refusalOf({ exp })).toMatchObject({
      actual: exp,
      message: `The access token expired: exp is ${date}, 5 min ago`,
    });
  });

  test('another issuer: those that are trusted, and a hint where it is another address of one of them', async () => {
    const authorizationServers = [{ issuer: 'http://localhost:8080/realms/a' }];
    const iss = 'http://keycloak:8080/realms/a';
    expect(await refusalOf({ iss }, optionsWith({ authorizationServers }))).toMatchObject({
      code: 'untrusted_issuer',
      expected: ['http://localhost:8080/realms/a'],
      actual: iss,
      hint: expect.stringContaining('another address'),
    });
    expect(await refusalOf({ iss: undefined })).toMatchObject({ code: 'missing_issuer', expected: [issuer] });
  });

  test('a key that nobody publishes: those that there are', async () => {
    const token = await signRaw(key, claims, { kid: 'old' });
    expect((await explainToken(token, optionsWith())).refusal).toMatchObject({
      code: 'unknown_key',
      expected: ['k1'],
      actual: 'old',
      message: expect.stringContaining('kid is "old", expected "k1"'),
    });
  });

  test('scopes: those demanded, and those granted', async () => {
    expect(await refusalOf({}, optionsWith({ requiredScopes: ['notes:write'] }))).toMatchObject({
      code: 'insufficient_scope',
      expected: ['notes:write'],
      actual: ['notes:read'],
      message: 'needs "notes:write", the token grants "notes:read"',
    });
  });

  test('a token that is too long: by how much', async () => {
    const { refusal } = await explainToken('A'.repeat(1500), optionsWith({ maxTokenBytes: 1024 }));
    expect(refusal).toMatchObject({ expected: 'at most 1024 bytes', actual: 1500 });
  });

  test('nothing in a message can break a line', async () => {
    const refusal = await refusalOf({ aud: 'a\n\u001b[31mb' });
    expect(refusal?.message).toMatch(/^[\x20-\x7e]+$/);
  });
});

describe('a token that passes', () => {
  test('is accepted when every check could be made', async () => {
    const { verdict, scopes } = await explainToken(await signRaw(key, claims), optionsWith());
    expect({ verdict, scopes }).toEqual({ verdict: 'accepted', scopes: ['notes:read'] });
  });

  test('[RFC8725-3.3-01] is undecided without the keys of its issuer', async () => {
    const options = optionsWith({ authorizationServers: [{ issuer }] });
    expect((await explainToken(await signRaw(key, claims), options)).verdict).toBe('undecided');
  });

  test('missing scopes are named, a hierarchy taken into account', async () => {
    const token = await signRaw(key, claims);
    const requiredScopes = ['notes:read', 'notes:write'];
    expect((await explainToken(token, optionsWith({ requiredScopes }))).missingScopes).toEqual([
      'notes:write',
    ]);
    const scopeHierarchy = { scopes: { 'notes:read': ['notes:write'] } };
    expect(
      (await explainToken(token, optionsWith({ requiredScopes, scopeHierarchy }))).missingScopes,
    ).toEqual([]);
  });

  test('other token issuers and audiences of a server count', async () => {
    const token = await signRaw(key, { ...claims, iss: 'https://sts.example.com/', aud: 'api://notes' });
    const server = { issuer, tokenIssuers: ['https://sts.example.com/'], audiences: ['api://notes'] };
    const jwks = { keys: [key.publicJwk] };
    const { verdict } = await explainToken(
      token,
      optionsWith({ authorizationServers: [{ ...server, jwks }] }),
    );
    expect(verdict).toBe('accepted');
  });

  test('[RFC9068-4-01] [MCP-2026-07-28-RS-016] and only these where they are named', async () => {
    const server = { issuer, tokenIssuers: ['https://sts.example.com/'], audiences: ['api://notes'] };
    const authorizationServers = [{ ...server, jwks: { keys: [key.publicJwk] } }];
    const sts = { ...claims, iss: 'https://sts.example.com/' };
    for (const [wrong, code] of [
      [{ ...claims, aud: 'api://notes' }, 'untrusted_issuer'],
      [sts, 'wrong_audience'],
    ] as const) {
      const { refusal } = await explainToken(
        await signRaw(key, wrong),
        optionsWith({ authorizationServers }),
      );
      expect(refusal?.code).toBe(code);
    }
  });
});

describe('options that cannot be', () => {
  test.each([
    ['resource', { resource: 'not a url' }],
    ['requiredScopes[0]', { requiredScopes: ['a b'] }],
    ['authorizationServers[0].jwks', { authorizationServers: [{ issuer, jwks: { keys: [] } }] }],
    ['jwtVerify.clockTolerance', { jwtVerify: { clockTolerance: 4000 } }],
  ])('%s is named', async (path, changes) => {
    const error = await explainToken('x', optionsWith(changes)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'MCPAuthConfigError', path });
  });
});
