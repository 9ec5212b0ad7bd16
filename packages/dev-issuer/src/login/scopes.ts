import type { ScopeDescription, ScopeTable } from '../options.js';
import { DevIssuerError } from '../errors.js';

/** What is known of a scope that a user is asked to grant. */
export interface ShownScope {
  readonly name: string;
  readonly description: string | undefined;
  /** Absent: everybody may grant it. */
  readonly users: readonly string[] | undefined;
}

/** The scopes that an issuer knows; none at all: whatever a client asks for. */
export interface Scopes {
  /** Absent: any. */
  readonly names: readonly string[] | undefined;
  /** Everybody whom a scope names. */
  readonly users: readonly string[];
  describe(name: string): ShownScope;
  mayGrant(user: string, name: string): boolean;
}

/** What these mean is the same everywhere (OpenID Connect Core §5.4, §11). */
const standard: ScopeTable = {
  openid: 'know which user of this issuer you are',
  profile: 'see your name',
  offline_access: 'stay connected when you are not there, until it gives its access back',
};

/** RFC 6749 §3.3 */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;

/** @throws {DevIssuerError} `invalid_option` */
export function createScopes(given: readonly string[] | ScopeTable): Scopes {
  const table = new Map(Object.entries(isList(given) ? {} : given).map(([name, value]) => [name, read(name, value)]));
  if (isList(given)) for (const name of given) table.set(name, read(name, {}));
  const describe = (name: string): ShownScope => {
    const { description, users } = table.get(name) ?? read(name, ownMember(standard, name) ?? {});
    return { name, description, users };
  };
  return {
    names: table.size === 0 ? undefined : [...table.keys()],
    users: [...table.values()].flatMap(({ users = [] }) => users),
    describe,
    mayGrant: (user, name) => describe(name).users?.includes(user) ?? true,
  };
}

export function isScope(text: string): boolean {
  return scopeToken.test(text);
}

function read(name: unknown, value: unknown): ScopeDescription {
  if (typeof name !== 'string' || !isScope(name)) throw wrong(`${JSON.stringify(name)} is not a valid scope.`);
  const found = typeof value === 'string' ? { description: value } : value;
  if (typeof found !== 'object' || found === null || Array.isArray(found))
    throw wrong(`${name} must be a string, or { "description", "users" }.`);
  const { description, users, ...others } = found as Record<string, unknown>;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw wrong(`${name}.${unknown} is not known. There are: description, users.`);
  if (description !== undefined && typeof description !== 'string') throw wrong(`${name}.description must be a string.`);
  if (users !== undefined && !(Array.isArray(users) && users.every((user) => typeof user === 'string')))
    throw wrong(`${name}.users must be a list of names.`);
  return {
    ...(description !== undefined && { description }),
    ...(users !== undefined && { users: users as readonly string[] }),
  };
}

function wrong(message: string): DevIssuerError {
  return new DevIssuerError('invalid_option', `scopes: ${message}`);
}

function isList(value: readonly string[] | ScopeTable): value is readonly string[] {
  return Array.isArray(value);
}

function ownMember(table: ScopeTable, name: string): ScopeTable[string] | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
