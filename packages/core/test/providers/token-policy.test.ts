import { beforeAll, describe, expect, test } from 'vitest';
import type { Claims, TokenPolicy, TokenPolicyContext } from '../../src/index.js';
import type { FakeProvider } from './support/fake-provider.js';
import { expectMistake, openGate, resource } from './support/open-gate.js';
import { createPlainProvider, plainClaims, plainServer } from './support/plain-server.js';

let provider: FakeProvider;

beforeAll(async () => {
  provider = await createPlainProvider();
});

function call(policy: TokenPolicy, claims: object = {}) {
  return provider
    .sign({ ...plainClaims, ...claims })
    .then((token) => openGate(plainServer({ policy }), provider).call(token));
}

const accepting: TokenPolicy = { name: 'example', audienceMayBeAbsent: true, check: () => undefined };

describe('what a policy refuses', () => {
  test('[OAUTH21-5.2-01] the claim a check names is what the operator learns', async () => {
    expect(await call({ name: 'example', check: () => 'tier' })).toMatchObject({
      status: 401,
      reason: { code: 'policy_refused', claim: 'tier' },
    });
  });

  test.each([
    ['of another application', 'billing', 'wrong_audience'],
    ['that is absent', undefined, 'missing_audience'],
    ['that is empty', [], 'missing_audience'],
  ])(
    '[OAUTH21-5.2-01] a check that names an aud %s is told to the operator as the audience check is',
    async (_what, aud, code) => {
      expect(await call({ name: 'example', check: () => 'aud' }, { aud })).toMatchObject({
        status: 401,
        reason: { code, claim: 'aud' },
      });
    },
  );

  test('[OAUTH21-5.2-01] a check that throws refuses', async () => {
    const check = (claims: Claims) => (claims.org as { name: string }).name;

    expect(await call({ name: 'example', check })).toMatchObject({
      status: 401,
      reason: { code: 'policy_refused' },
    });
  });

  test.each([
    ['a promise', Promise.resolve(undefined)],
    ['true', true],
    ['null', null],
    ['an empty text', ''],
  ])('[OAUTH21-5.2-01] a check that answers with %s refuses', async (_what, answer) => {
    const check = (() => answer) as unknown as NonNullable<TokenPolicy['check']>;

    expect((await call({ name: 'example', check })).status).toBe(401);
  });
});

describe('what a policy cannot admit', () => {
  test.each([
    ['an expired token', { exp: 1_700_000_000 }, 'token_expired'],
    ['a token of an issuer that is not trusted', { iss: 'https://other.example.com' }, 'untrusted_issuer'],
    ['an ID token', { at_hash: 'hash' }, 'not_an_access_token'],
    ['a token bound to a key', { cnf: { jkt: 'thumbprint' } }, 'sender_constrained'],
  ])('%s stays refused when the policy accepts everything', async (_what, claims, code) => {
    expect(await call(accepting, claims)).toMatchObject({ status: 401, reason: { code } });
  });

  test('[MCP-2026-07-28-RS-031] a token without aud stays refused under a policy that does not take its place', async () => {
    expect(await call({ name: 'example', check: () => undefined }, { aud: undefined })).toMatchObject({
      status: 401,
      reason: { code: 'missing_audience', claim: 'aud' },
    });
  });

  test.each([
    ['names another resource', 'https://billing.example.com', 'wrong_audience'],
    ['names other resources', ['https://billing.example.com'], 'wrong_audience'],
    ['is an empty list', [], 'missing_audience'],
    ['is an empty text', '', 'missing_audience'],
    ['is null', null, 'invalid_claim'],
  ])(
    '[MCP-2026-07-28-RS-016] an aud that %s is refused even where it may be absent',
    async (_how, aud, code) => {
      expect(await call(accepting, { aud })).toMatchObject({ status: 401, reason: { code, claim: 'aud' } });
    },
  );

  test('[OAUTH21-5-01] required scopes are asked for after the policy', async () => {
    const gate = openGate(plainServer({ policy: accepting }), provider, { requiredScopes: ['read'] });

    expect((await gate.call(await provider.sign({ ...plainClaims, aud: undefined }))).status).toBe(403);
  });
});

describe('what a policy adds', () => {
  test('[MCP-2026-07-28-RS-031] a token without aud passes where the check establishes another binding', async () => {
    const { status, auth } = await call(accepting, { aud: undefined });

    expect(status).toBe(200);
    expect(auth?.audience).toBeUndefined();
    expect(auth?.claims).not.toHaveProperty('aud');
  });

  test('a check sees the claims, the header and the resource it decides for', async () => {
    const seen: [Claims, TokenPolicyContext][] = [];
    const check = (claims: Claims, context: TokenPolicyContext) => {
      seen.push([claims, context]);
      return undefined;
    };

    await call({ name: 'example', check });

    expect(seen).toHaveLength(1);
    expect(seen[0]?.[0]).toMatchObject(plainClaims);
    expect(seen[0]?.[1]).toMatchObject({ resource, header: { alg: 'RS256', kid: 'key-1', typ: 'JWT' } });
  });

  test('the client is read as the policy says, and as usual where that fails', async () => {
    const named = await call(
      { name: 'example', clientId: (claims) => claims.app as string },
      { app: 'app-1' },
    );
    const failing = await call({
      name: 'example',
      clientId: () => {
        throw new Error('no app claim');
      },
    });

    expect(named.auth?.clientId).toBe('app-1');
    expect(failing.auth?.clientId).toBe('c-1');
  });

  test('a warning is said once, whatever the number of requests', async () => {
    const gate = openGate(
      plainServer({ policy: { ...accepting, warning: 'any client may call.' } }),
      provider,
    );
    const token = await provider.sign(plainClaims);
    await Promise.all([gate.call(token), gate.call(token), gate.call(token)]);

    expect(gate.warnings).toEqual([
      'protectedResources.metadata.authorizationServers[0]: policy example: any client may call.',
    ]);
  });
});

describe('a policy that would bind a token to nothing', () => {
  // @ts-expect-error -- an absent aud must be replaced by a check
  const unbound: TokenPolicy = { name: 'example', audienceMayBeAbsent: true };

  test('[MCP-2026-07-28-RS-031] is refused at construction, where no compiler did', () => {
    expectMistake(
      () => openGate(plainServer({ policy: unbound }), provider),
      'protectedResources.metadata.authorizationServers[0].policy.check',
      'invalid_option',
      /audienceMayBeAbsent/,
    );
  });
});

test('[MCP-2026-07-28-RS-016] a check cannot change the claims that are judged after it', async () => {
  const check = (claims: Claims) => {
    (claims as { aud?: string }).aud = resource;
    return undefined;
  };

  expect((await call({ name: 'example', check }, { aud: 'https://billing.example.com' })).status).toBe(401);
});
