import type { Claims } from '../token/token-policy.js';

/** RFC 6749 §3.3: a scope token is printable ASCII without space, double quote and backslash. */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

export function isScopeToken(value: unknown): value is string {
  return typeof value === 'string' && scopeToken.test(value);
}

/** Which claims grant scopes: names, whose values are united, or a function. */
export type ScopeMapping = readonly string[] | ((claims: Claims) => readonly string[]);

/**
 * Reads the granted scopes of a token: `scope` (RFC 9068 §2.2.3), else `scp`, else `scopes`; each a space-separated
 * string or an array of strings.
 *
 * An entry that is no legal scope token grants nothing and is left out. A missing claim means no scope at all.
 */
export function readScopes(claims: Claims): readonly string[] {
  const name = ['scope', 'scp', 'scopes'].find((candidate) => claims[candidate] !== undefined);
  return name === undefined ? [] : readScopeClaim(claims[name]);
}

/** Reads granted scopes from claims of these names, which may reach into nested claims with dots: `realm_access.roles`. */
export function readScopesFrom(claims: Claims, names: readonly string[]): readonly string[] {
  return [...new Set(names.flatMap((name) => readScopeClaim(readPath(claims, name))))];
}

function readScopeClaim(value: unknown): readonly string[] {
  const entries: unknown = typeof value === 'string' ? value.split(' ') : value;
  return Array.isArray(entries) ? [...new Set(entries.filter(isScopeToken))] : [];
}

function readPath(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const member of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, member)) return undefined;
    value = (value as Claims)[member];
  }
  return value;
}
