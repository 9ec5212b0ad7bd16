import { describe, expect, test } from 'vitest';
import { checkRequirement, judgeScopes, selectChallengeScopes } from '../../src/scopes/scope-requirement.js';
import { createScopeCheck, type ScopeHierarchy } from '../../src/scopes/scopes.js';
import { configError } from '../support/config-error.js';

describe('a requirement that is none says what it is and what to write', () => {
  const list = 'must be a list of scopes, but is';
  const rule = 'must be a list of scopes, { allOf }, { anyOf }, "anonymous", "refuse" or a function, but is';
  const noScope =
    'names something that is not a valid scope: printable ASCII without spaces, double quotes and backslashes (RFC 6749 §3.3).';
  const decision =
    'is unknown. Is it a decision, such as of allow() or deny()? Return it from a function: () => deny().';
  const listItself = 'is unknown. For all of them write the list itself: ["a", "b"].';

  test.each<[unknown, code: string, path: string, message: string]>([
    [{ allOf: 'read' }, 'invalid_option', 'p.allOf', `${list} the string "read": write ["read"].`],
    [{ allOf: ['a'], anyOf: 'b' }, 'invalid_option', 'p.anyOf', `${list} the string "b": write ["b"].`],
    [{ anyOf: 5 }, 'invalid_option', 'p.anyOf', `${list} the number 5.`],
    [{}, 'invalid_option', 'p', `${rule} an object.`],
    ['read', 'invalid_option', 'p', `${rule} the string "read". For a scope write ["read"].`],
    [
      'allow',
      'invalid_option',
      'p',
      `${rule} the string "allow". For no scopes beyond those of the route write [].`,
    ],
    [
      'deny',
      'invalid_option',
      'p',
      `${rule} the string "deny". Write "refuse", or a function that says why: () => deny({ reason }).`,
    ],
    [
      'public',
      'invalid_option',
      'p',
      `${rule} the string "public". For everybody, also without a token, write "anonymous".`,
    ],
    ['a b', 'invalid_option', 'p', `${rule} the string "a b".`],
    [5, 'invalid_option', 'p', `${rule} the number 5.`],
    [null, 'invalid_option', 'p', `${rule} null.`],
    [['a b'], 'invalid_scope', 'p', noScope],
    [Array(1), 'invalid_scope', 'p', noScope],
    [{ anyOf: [] }, 'invalid_option', 'p', 'has an empty anyOf, which nothing can meet.'],
    [{ scopes: ['a'] }, 'unknown_option', 'p.scopes', `scopes ${listItself}`],
    [{ requiredScopes: ['a'] }, 'unknown_option', 'p.requiredScopes', `requiredScopes ${listItself}`],
    [{ kind: 'deny', denial: {} }, 'unknown_option', 'p.kind', `kind ${decision}`],
    [{ allof: ['a'] }, 'unknown_option', 'p.allof', 'allof is unknown. Did you mean allOf?'],
  ])('%j', (requirement, code, path, message) => {
    const problem = configError(() => {
      checkRequirement(requirement, 'p');
    });
    const where = code === 'unknown_option' ? 'p' : path;
    expect(problem).toEqual({ code, path, message: `${where}: ${message}` });
  });

  test('a long text is cut before it is suggested', () => {
    const { message } = configError(() => {
      checkRequirement({ allOf: 'x'.repeat(100) }, 'p');
    });
    expect(message.endsWith(`: write ["${'x'.repeat(80)}"].`)).toBe(true);
  });
});

describe('a hierarchy that cannot be meant says what is wrong with it', () => {
  test.each<[ScopeHierarchy, path: string, message: string]>([
    [{ separator: '' }, 'p.separator', 'must not be empty, or every scope contains every other.'],
    [{ scopes: { a: ['"'] } }, 'p.scopes["a"]', 'names something that is not a valid scope (RFC 6749 §3.3).'],
    [
      { scopes: { a: ['a'] } },
      'p.scopes["a"]',
      'contains itself through others. Remove the cycle; scopes that mean the same need one name.',
    ],
  ])('%j', (hierarchy, path, message) => {
    expect(configError(() => createScopeCheck(hierarchy, 'p'))).toMatchObject({
      path,
      message: `${path}: ${message}`,
    });
  });
});

test('[RFC6750-3-04] what a rule computed and is no scope reaches no challenge', () => {
  const check = createScopeCheck(undefined, 'p');
  expect(judgeScopes([['a b', 'a', '"']], [], check)).toEqual({ covered: false, needed: ['a'] });
});

test.each(['12025-11-25', '2025-11-25x', '2025-1-1'])(
  '[MCP-2026-07-28-RS-022] version %s is no earlier revision',
  (version) => {
    const known = new Set(['extra']);
    const check = createScopeCheck(undefined, 'p');
    expect(selectChallengeScopes('by-version', version, ['read'], ['extra'], known, check)).toEqual(['read']);
  },
);
