import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ScopeMapping } from '../../src/index.js';
import type { FakeProvider } from './support/fake-provider.js';
import { openGate } from './support/open-gate.js';
import { createPlainProvider, plainClaims, plainServer } from './support/plain-server.js';

let provider: FakeProvider;

beforeAll(async () => {
  provider = await createPlainProvider();
});

/** The scopes that a gate sees in a token with these claims. */
async function granted(claims: object, scopes?: ScopeMapping): Promise<readonly string[] | undefined> {
  const gate = openGate(plainServer(scopes === undefined ? {} : { scopeClaims: scopes }), provider);
  const { status, auth } = await gate.call(await provider.sign({ ...plainClaims, ...claims }));
  expect(status).toBe(200);
  return auth?.scopes;
}

describe('scopes without a mapping', () => {
  test('[RFC9068-2.2.3-01] a token without any scope claim is granted nothing', async () => {
    expect(await granted({})).toEqual([]);
  });

  test('[RFC9068-2.2.3-01] a scope claim of another kind grants nothing, and no other claim stands in', async () => {
    expect(await granted({ scope: { read: true }, scp: 'read' })).toEqual([]);
    expect(await granted({ scope: '', scp: 'read' })).toEqual([]);
    expect(await granted({ scope: null, scp: 'read' })).toEqual([]);
  });

  test.each([
    ['scope as text', { scope: 'read write' }],
    ['scope as a list', { scope: ['read', 'write'] }],
    ['scp as text', { scp: 'read write' }],
    ['scp as a list', { scp: ['read', 'write'] }],
    ['scopes as text', { scopes: 'read write' }],
    ['scopes as a list', { scopes: ['read', 'write'] }],
    ['text with spaces to spare and repetitions', { scope: ' read  write read ' }],
    ['the first of several claims', { scope: 'read write', scp: 'admin', scopes: ['root'] }],
  ])('[RFC9068-2.2.3-01] reads %s', async (_form, claims) => {
    expect(await granted(claims)).toEqual(['read', 'write']);
  });

  test('[RFC9068-2.2.3-01] entries that are no scopes are left out, the others stay', async () => {
    expect(
      await granted({ scope: ['read', 7, null, ['write'], 'two words', 'a"b', 'a\\b', 'é', ''] }),
    ).toEqual(['read']);
  });
});

describe('scopes by claim names', () => {
  test('[OAUTH21-5-01] a claim that was not named grants nothing', async () => {
    expect(await granted({ scope: 'admin', permissions: ['read'] }, ['permissions'])).toEqual(['read']);
  });

  test('a claim that is missing grants nothing', async () => {
    expect(await granted({ scope: 'admin' }, ['permissions', 'realm_access.roles'])).toEqual([]);
  });

  test('the claims that were named are united, each entry once', async () => {
    const claims = { scope: 'read write', realm_access: { roles: ['write', 'admin'] } };

    expect(await granted(claims, ['scope', 'realm_access.roles'])).toEqual(['read', 'write', 'admin']);
  });

  test('a name with dots is the claim of that name before it is a path', async () => {
    const claims = { 'https://example.com/scopes': 'read', https: { 'example.com/scopes': 'admin' } };

    expect(await granted(claims, ['https://example.com/scopes'])).toEqual(['read']);
  });

  test.each([
    'constructor.name',
    '__proto__',
    'realm_access.constructor.name',
    'scope.length',
    'a.b.c.d',
    '.',
  ])('the name %j reaches nothing that the token does not hold', async (name) => {
    expect(await granted({ scope: 'admin', realm_access: {}, a: { b: null } }, [name])).toEqual([]);
  });
});

describe('scopes by a function', () => {
  test('[OAUTH21-5-01] a function that throws grants nothing', async () => {
    const scopes = () => {
      throw new Error('no roles claim');
    };

    expect(await granted({ scope: 'admin' }, scopes)).toEqual([]);
    const gate = openGate(plainServer({ scopeClaims: scopes }), provider, { requiredScopes: ['read'] });
    const { status } = await gate.call(await provider.sign({ ...plainClaims, scope: 'read' }));
    expect(status).toBe(403);
  });

  test.each([
    ['a promise', Promise.resolve(['admin'])],
    ['nothing', undefined],
    ['an object', { admin: true }],
  ])('a function that returns %s grants nothing', async (_what, value) => {
    expect(await granted({ scope: 'admin' }, (() => value) as unknown as ScopeMapping)).toEqual([]);
  });

  test('what a function returns is cleaned like a claim', async () => {
    const scopes = () => ['read', 'two words', 'read', 'a"b'];

    expect(await granted({}, scopes)).toEqual(['read']);
  });

  test('a function cannot change the claims that handlers see', async () => {
    const scopes: ScopeMapping = (claims) => {
      (claims as { sub?: string }).sub = 'admin';
      return ['read'];
    };
    const gate = openGate(plainServer({ scopeClaims: scopes }), provider);

    const { auth } = await gate.call(await provider.sign(plainClaims));

    expect(auth?.subject).toBe('user-1');
    expect(auth?.claims.sub).toBe('user-1');
  });
});

test('the mapping of the configuration wins over that of a policy', async () => {
  const policy = { name: 'example', scopes: () => ['admin'] };
  const gate = openGate(plainServer({ policy, scopeClaims: ['scope'] }), provider);

  const { auth } = await gate.call(await provider.sign({ ...plainClaims, scope: 'read' }));

  expect(auth?.scopes).toEqual(['read']);
});

test('[RFC9068-2.2.3-01] no claim, whatever its shape, grants anything but printable scopes or fails', async () => {
  const gate = openGate(plainServer({ scopeClaims: ['scope', 'nested.roles'] }), provider);

  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (scope, roles) => {
      const token = await provider.sign({ ...plainClaims, scope, nested: { roles } });
      const { status, auth } = await gate.call(token);
      expect(status).toBe(200);
      for (const entry of auth?.scopes ?? []) expect(entry).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]+$/);
    }),
    { numRuns: 200 },
  );
});
