import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isScopeToken, readScopesFrom, readScopes } from '../../src/scopes/scopes.js';
import { propertyRuns, propertyTest } from '../support/property.js';

describe('scopes are read from the claims that providers use', () => {
  test.each([
    [{ scope: 'a b' }, ['a', 'b']],
    [{ scope: ['a', 'b'] }, ['a', 'b']],
    [{ scp: ['a', 'b'] }, ['a', 'b']],
    [{ scp: 'a b' }, ['a', 'b']],
    [{ scopes: ['a'] }, ['a']],
    [{ scope: 'a', scp: ['b'], scopes: ['c'] }, ['a']],
    [{ scope: '  a   b  a ' }, ['a', 'b']],
  ])('[RFC9068-2.2.3-01] %j', (claims, expected) => {
    expect(readScopes(claims)).toEqual(expected);
  });

  test.each([
    {},
    { scope: '' },
    { scope: null },
    { scope: 5 },
    { scope: true },
    { scope: { a: true } },
    { scope: [] },
    { scope: [5, null, ['a'], {}] },
    { scope: ['a b'] },
    { scope: 'a"b' },
    { scope: 'a\tb' },
    { scope: 'a\\b' },
    { scope: 'ä' },
    { scope: ['', '\u0000'] },
    { roles: ['admin'] },
    { undefined: 'admin' },
  ])('[RFC7662-2.2-02] no scope, and certainly not all of them: %j', (claims) => {
    expect(readScopes(claims)).toEqual([]);
  });

  test('an empty scope claim is the last word: no other claim is asked', () => {
    expect(readScopes({ scope: '', scp: ['admin'] })).toEqual([]);
    expect(readScopes({ scope: null, scp: ['admin'] })).toEqual([]);
  });
});

describe('a mapping', () => {
  const claims = {
    scope: 'a',
    realm_access: { roles: ['b', 'c d'] },
    'https://x.example/roles': ['e'],
    list: [['f']],
    nothing: null,
  };

  test('unites the named claims, nested ones by dots', () => {
    expect(readScopesFrom(claims, ['scope', 'realm_access.roles', 'https://x.example/roles'])).toEqual([
      'a',
      'b',
      'e',
    ]);
  });

  test('[OAUTH21-5-01] finds nothing where there is nothing, and nothing inherited', () => {
    const names = [
      'none',
      'scope.length',
      'scope.0',
      'nothing.x',
      'realm_access.none.deep',
      'constructor.name',
      'list.length.x',
      '__proto__.x',
      '',
    ];
    expect(readScopesFrom(claims, names)).toEqual([]);
  });
});

test(
  '[RFC6750-3-04] whatever the claims hold, what comes out are scope tokens, each once',
  propertyTest,
  () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.anything(),
      fc.array(fc.oneof(fc.string(), fc.anything())),
    );
    fc.assert(
      fc.property(fc.constantFrom('scope', 'scp', 'scopes'), value, (name, content) => {
        const scopes = readScopes({ [name]: content });
        expect(scopes.every((scope) => isScopeToken(scope) && !/[\s"\\]/.test(scope))).toBe(true);
        expect(new Set(scopes).size).toBe(scopes.length);
      }),
      { numRuns: propertyRuns },
    );
  },
);
