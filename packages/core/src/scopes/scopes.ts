import type { Claims } from '../token/token-policy.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { ignoreRejection } from '../errors/promises.js';

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
 * An entry that is not a legal scope token grants nothing and is left out. A missing claim means no scope at all.
 *
 * @see RFC 6749 §3.3
 * @see RFC 9068 §2.2.3
 * @example
 * ```ts
 * import { readScopes } from '@mcp-auth/core';
 *
 * // ['notes:read', 'notes:write']
 * const scopes = readScopes({ scope: 'notes:read notes:write' });
 * ```
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

/**
 * Which scopes contain others. MCP 2026-07-28 demands that a broader scope satisfies a narrower requirement (Step-Up
 * Authorization Flow).
 */
export interface ScopeHierarchy {
  /** Scope → the scopes it contains, directly or through others: `{ notes: ['notes:read', 'notes:write'] }`. Default: none. */
  readonly scopes?: Readonly<Record<string, readonly string[]>> | undefined;
  /**
   * With `':'`, a scope contains every scope that begins with it and this separator: `notes` contains `notes:read`.
   * Default: none.
   */
  readonly separator?: string | undefined;
  /**
   * A rule of your own, asked when the others do not apply. Must be pure; only `true` counts as yes, and what it throws as no. It is
   * asked about the names in the token and in the requirement, as they are written, and never about published ones.
   * Default: none.
   */
  readonly satisfies?: ((granted: string, required: string) => boolean) | undefined;
}

/** Whether granted scopes cover required ones, a hierarchy taken into account, and what clients call them. */
export interface ScopeCheck {
  /** All of them. */
  covers(granted: readonly string[], required: readonly string[]): boolean;
  /** The names by which clients ask for these scopes, each once. */
  publish(scopes: readonly string[]): readonly string[];
}

/** Whether two names can be compared by their beginnings. */
export type AreComparable = (granted: string, required: string) => boolean;

/**
 * Prepares a hierarchy for use.
 *
 * @param areComparable - asked before the separator says yes. Default: all names are
 * @throws {MCPAuthConfigError} `invalid_scope` for an entry that is not a valid scope or contains itself through others
 */
export function createScopeCheck(
  hierarchy: ScopeHierarchy | undefined,
  path: string,
  areComparable: AreComparable = () => true,
): ScopeCheck {
  if (hierarchy === undefined) return exactCheck;
  const contained = closeOver(hierarchy.scopes ?? {}, `${path}.scopes`);
  const { separator, satisfies: custom } = hierarchy;
  if (separator !== undefined && separator.length === 0) {
    throw new MCPAuthConfigError(
      'invalid_option',
      `${path}.separator`,
      'must not be empty, or every scope contains every other.',
    );
  }
  const satisfies = (granted: string, required: string): boolean => {
    if (granted === required || contained.get(granted)?.has(required) === true) return true;
    if (
      separator !== undefined &&
      required.startsWith(granted + separator) &&
      areComparable(granted, required)
    )
      return true;
    return custom !== undefined && ask(custom, granted, required);
  };
  return {
    covers: (granted, required) =>
      required.every((scope) => granted.some((entry) => satisfies(entry, scope))),
    publish: asWritten,
  };
}

const asWritten: ScopeCheck['publish'] = (scopes) => scopes;

const exactCheck: ScopeCheck = {
  covers: (granted, required) => {
    for (const scope of required) if (!granted.includes(scope)) return false;
    return true;
  },
  publish: asWritten,
};

function ask(
  custom: (granted: string, required: string) => boolean,
  granted: string,
  required: string,
): boolean {
  try {
    // A promise or another truthy object must not count as yes
    const verdict: unknown = custom(granted, required);
    ignoreRejection(verdict);
    return verdict === true;
  } catch {
    return false;
  }
}

/** Everything a scope contains, also through others. */
function closeOver(
  scopes: Readonly<Record<string, readonly string[]>>,
  path: string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const direct = new Map(Object.entries(scopes));
  for (const [scope, contained] of direct) {
    if (![scope, ...contained].every(isScopeToken)) {
      throw new MCPAuthConfigError(
        'invalid_scope',
        `${path}[${JSON.stringify(scope)}]`,
        'names something that is not a valid scope (RFC 6749 §3.3).',
      );
    }
  }
  return new Map([...direct.keys()].map((scope) => [scope, reach(scope, direct, path)]));
}

function reach(
  start: string,
  direct: ReadonlyMap<string, readonly string[]>,
  path: string,
): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [...(direct.get(start) ?? [])];
  for (let scope = pending.pop(); scope !== undefined; scope = pending.pop()) {
    if (scope === start) {
      throw new MCPAuthConfigError(
        'invalid_scope',
        `${path}[${JSON.stringify(start)}]`,
        'contains itself through others. Remove the cycle; scopes that mean the same need one name.',
      );
    }
    if (reached.has(scope)) continue;
    reached.add(scope);
    pending.push(...(direct.get(scope) ?? []));
  }
  return reached;
}
