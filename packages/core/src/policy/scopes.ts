/** RFC 6749 §3.3: a scope token is printable ASCII without space, double quote and backslash. */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

export function isScopeToken(value: unknown): value is string {
  return typeof value === 'string' && scopeToken.test(value);
}

/**
 * Reads the granted scopes of a token: `scope` (RFC 9068 §2.2.3), else `scp`, else `scopes`; each a space-separated
 * string or an array of strings.
 *
 * An entry that is no legal scope token grants nothing and is left out. A missing claim means no scope at all.
 */
export function readScopes(claims: Readonly<Record<string, unknown>>): readonly string[] {
  for (const name of ['scope', 'scp', 'scopes']) {
    const value = claims[name];
    if (typeof value === 'string') return [...new Set(value.split(' ').filter(isScopeToken))];
    if (Array.isArray(value)) return [...new Set(value.filter(isScopeToken))];
  }
  return [];
}

/** Whether every required scope was granted. Exact comparison; an empty requirement is always met. */
export function coversScopes(granted: readonly string[], required: readonly string[]): boolean {
  return required.every((scope) => granted.includes(scope));
}
