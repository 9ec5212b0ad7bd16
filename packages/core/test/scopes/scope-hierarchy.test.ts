import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createScopeCheck, type ScopeHierarchy } from '../../src/scopes/scopes.js';
import { configError } from '../support/config-error.js';
import { propertyRuns } from '../support/property.js';

function check(hierarchy: ScopeHierarchy | undefined, granted: string, required: string): boolean {
  return createScopeCheck(hierarchy, 'scopeHierarchy').covers([granted], [required]);
}

describe('a hierarchy that cannot be meant is refused when the server starts [MCP-2026-07-28-RS-026]', () => {
  test.each<[string, ScopeHierarchy, string, string]>([
    ['a scope that contains itself', { scopes: { a: ['a'] } }, 'invalid_scope', 'scopeHierarchy.scopes["a"]'],
    ['a cycle of two', { scopes: { a: ['b'], b: ['a'] } }, 'invalid_scope', 'scopeHierarchy.scopes["a"]'],
    [
      'a cycle of four',
      { scopes: { x: ['a'], a: ['b'], b: ['c'], c: ['d', 'a'] } },
      'invalid_scope',
      'scopeHierarchy.scopes["a"]',
    ],
    ['a scope with a blank', { scopes: { 'a b': ['c'] } }, 'invalid_scope', 'scopeHierarchy.scopes["a b"]'],
    [
      'a contained scope that is none',
      { scopes: { a: ['"'] } },
      'invalid_scope',
      'scopeHierarchy.scopes["a"]',
    ],
    ['an empty separator', { separator: '' }, 'invalid_option', 'scopeHierarchy.separator'],
  ])('%s', (_title, hierarchy, code, path) => {
    expect(configError(() => createScopeCheck(hierarchy, 'scopeHierarchy'))).toMatchObject({ code, path });
  });

  test('one scope below two others is no cycle', () => {
    const diamond = { scopes: { top: ['left', 'right'], left: ['end'], right: ['end'] } };
    expect(check(diamond, 'top', 'end')).toBe(true);
  });
});

describe('what a scope contains [MCP-2026-07-28-RS-026]', () => {
  const exact: ScopeHierarchy = { scopes: { admin: ['notes'], notes: ['notes:read'] } };

  test.each<[string, ScopeHierarchy | undefined, string, string, boolean]>([
    ['without a hierarchy only itself', undefined, 'notes', 'notes:read', false],
    ['itself, without a hierarchy', undefined, 'notes', 'notes', true],
    ['not a name that ends in nothing', exact, 'notes', 'notesundefined', false],
    ['itself', exact, 'notes', 'notes', true],
    ['directly', exact, 'notes', 'notes:read', true],
    ['through others', exact, 'admin', 'notes:read', true],
    ['never upwards', exact, 'notes:read', 'notes', false],
    ['not by its name', exact, 'notes', 'notes:write', false],
    ['in its exact spelling', exact, 'Notes', 'notes:read', false],
    ['not what objects are born with', { scopes: {} }, 'constructor', 'toString', false],
    ['below a separator', { separator: ':' }, 'notes', 'notes:read', true],
    ['deep below a separator', { separator: ':' }, 'notes', 'notes:read:one', true],
    ['not above a separator', { separator: ':' }, 'notes:read', 'notes', false],
    ['not by a mere beginning', { separator: ':' }, 'note', 'notes:read', false],
    ['below a longer separator', { separator: '::' }, 'a', 'a:b', false],
    ['as a rule says', { satisfies: (granted) => granted === '*' }, '*', 'anything', true],
    ['as a rule denies', { satisfies: (granted) => granted === '*' }, 'x', 'anything', false],
  ])('%s', (_title, hierarchy, granted, required, expected) => {
    expect(check(hierarchy, granted, required)).toBe(expected);
  });

  test.each<[string, () => unknown]>([
    ['a promise', () => Promise.resolve(true)],
    ['a text', () => 'no'],
    ['a number', () => 1],
    ['an object', () => ({})],
    [
      'an error',
      () => {
        throw new Error('broken');
      },
    ],
  ])('a rule that answers with %s has not said yes', (_title, satisfies) => {
    expect(check({ satisfies: satisfies as () => boolean }, 'a', 'b')).toBe(false);
  });

  test('several granted scopes together cover several required ones', () => {
    const scopes = createScopeCheck({ ...exact, separator: '/' }, 'scopeHierarchy');
    expect(scopes.covers(['notes', 'files'], ['notes:read', 'files/a'])).toBe(true);
    expect(scopes.covers(['notes'], ['notes:read', 'files/a'])).toBe(false);
    expect(scopes.covers([], [])).toBe(true);
    expect(scopes.covers([], ['x'])).toBe(false);
  });

  test('a broader grant never covers less', () => {
    const scope = fc.constantFrom('a', 'a:b', 'a:b:c', 'b', 'b:c', 'c');
    const scopes = createScopeCheck({ separator: ':', scopes: { c: ['b'] } }, 'scopeHierarchy');
    fc.assert(
      fc.property(fc.array(scope), fc.array(scope), scope, (granted, required, more) => {
        if (scopes.covers(granted, required)) expect(scopes.covers([...granted, more], required)).toBe(true);
      }),
      { numRuns: propertyRuns },
    );
  });
});
