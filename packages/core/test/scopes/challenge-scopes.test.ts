import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ChallengeScopes,
  judgeScopes,
  type ScopeRequirement,
  selectChallengeScopes,
} from '../../src/scopes/scope-requirement.js';
import { createScopeCheck } from '../../src/scopes/scopes.js';
import { propertyRuns } from '../support/property.js';

const exact = createScopeCheck(undefined, 'scopeHierarchy');

describe('what the operations of a request need, all of it', () => {
  test.each<[string, readonly ScopeRequirement[], string, boolean, readonly string[]]>([
    ['nothing', [], '', true, []],
    ['all of a list', [['a', 'b']], 'a', false, ['a', 'b']],
    ['every list', [['a'], ['b']], 'a', false, ['a', 'b']],
    ['one of the alternatives', [{ anyOf: ['a', 'b'] }], 'b', true, ['b']],
    ['the preferred alternative where none is there', [{ anyOf: ['a', 'b'] }], '', false, ['a']],
    [
      'the alternative that is there, when something else is missing',
      [['x'], { anyOf: ['a', 'b'] }],
      'b',
      false,
      ['x', 'b'],
    ],
    ['all of, and one of', [{ allOf: ['x'], anyOf: ['a', 'b'] }], 'a', false, ['x', 'a']],
    ['each once', [['a', 'b'], ['b', 'a'], { anyOf: ['a'] }], '', false, ['a', 'b']],
  ])('[MCP-2026-07-28-RS-024] %s', (_title, requirements, granted, covered, needed) => {
    expect(judgeScopes(requirements, granted.split(' '), exact)).toEqual({ covered, needed });
  });

  test('[MCP-2026-07-28-RS-010] a token with exactly the scopes asked for is not challenged again', () => {
    const scope = fc.constantFrom('a', 'b', 'c', 'd', 'c:x', 'd:x');
    const scopes = fc.array(scope, { maxLength: 4 });
    const requirement = fc.oneof(
      scopes,
      fc.record({ allOf: scopes, anyOf: fc.array(scope, { minLength: 1, maxLength: 3 }) }),
    );
    const check = createScopeCheck({ separator: ':' }, 'scopeHierarchy');
    fc.assert(
      fc.property(fc.array(requirement), scopes, (requirements, granted) => {
        const { needed } = judgeScopes(requirements, granted, check);
        expect(judgeScopes(requirements, needed, check).covered).toBe(true);
      }),
      { numRuns: propertyRuns },
    );
  });
});

describe('what a challenge asks for', () => {
  const select = (mode: ChallengeScopes, version: string | undefined) =>
    selectChallengeScopes(
      mode,
      version,
      ['read', 'write'],
      ['read', 'extra', 'foreign'],
      new Set(['read', 'write', 'extra']),
      exact,
    );
  const required = ['read', 'write'];
  const withGranted = ['read', 'write', 'extra'];

  test.each<[ChallengeScopes, string | undefined, readonly string[]]>([
    ['by-version', undefined, withGranted],
    ['by-version', '2025-03-26', withGranted],
    ['by-version', '2025-06-18', withGranted],
    ['by-version', '2025-11-25', withGranted],
    ['by-version', '2026-07-28', required],
    ['by-version', '2027-01-01', required],
    ['by-version', 'DRAFT-2026', required],
    ['by-version', '', required],
    ['required', '2025-11-25', required],
    ['required', undefined, required],
    ['with-granted', '2026-07-28', withGranted],
    ['with-granted', '2025-06-18', withGranted],
  ])('[MCP-2026-07-28-RS-022] [MCP-2025-11-25-RS-023] %s, version %s', (mode, version, scopes) => {
    expect(select(mode, version)).toEqual(scopes);
  });
});
