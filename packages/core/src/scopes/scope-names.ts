import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import { ignoreRejection } from '../errors/promises.js';
import type { TokenPolicy } from '../token/token-policy.js';
import {
  type AreComparable,
  createScopeCheck,
  isScopeToken,
  type ScopeCheck,
  type ScopeHierarchy,
} from './scopes.js';

type PublishedScope = NonNullable<TokenPolicy['publishedScope']>;

/** An authorization server of a resource, as far as the names of scopes are concerned. */
export interface NamingServer {
  readonly tokenIssuers: readonly string[];
  readonly policy: Pick<TokenPolicy, 'publishedScope'> | undefined;
  /** Option path, for errors. */
  readonly path: string;
}

/**
 * The scopes of one resource as its authorization servers call them.
 *
 * A token is judged by the names of the server that issued it. Where there is no token, clients are told the names of the first
 * server: nobody knows yet which of them they will ask.
 */
export class ScopeChecks {
  readonly first: ScopeCheck;
  readonly #plain: ScopeCheck;
  readonly #byIssuer = new Map<string, ScopeCheck>();
  readonly #servers: readonly NamingServer[];
  readonly #warn: (message: string) => void;

  /** @throws {MCPAuthConfigError} `invalid_scope`, `invalid_option` for a hierarchy that cannot be */
  constructor(
    hierarchy: ScopeHierarchy | undefined,
    path: string,
    servers: readonly NamingServer[] = [],
    warn: (message: string) => void = () => undefined,
  ) {
    this.#plain = createScopeCheck(hierarchy, path);
    this.#servers = servers;
    this.#warn = warn;
    for (const { tokenIssuers, policy, path: server } of servers) {
      const publishedScope = policy?.publishedScope;
      const check =
        publishedScope === undefined
          ? this.#plain
          : createNamedCheck(
              hierarchy,
              path,
              toName(publishedScope, server, warn),
              hierarchy?.separator === undefined ? '' : readPrefix(publishedScope, server),
            );
      for (const issuer of tokenIssuers) this.#byIssuer.set(issuer, check);
    }
    this.first = this.#byIssuer.get(servers[0]?.tokenIssuers[0] ?? '') ?? this.#plain;
  }

  /** For the tokens of an issuer; where nobody says which, by the names of the only server, else as they are written. */
  of(issuer: string | undefined): ScopeCheck {
    if (issuer !== undefined) return this.#byIssuer.get(issuer) ?? this.#plain;
    return this.#servers.length === 1 ? this.first : this.#plain;
  }

  /**
   * Checks that each server has a name for each of these scopes, and warns where servers have different ones.
   *
   * @throws {MCPAuthConfigError} `invalid_scope`
   */
  assertNames(scopes: Iterable<string>): void {
    for (const scope of scopes) {
      const names = new Set(this.#servers.map((server) => readName(scope, server)));
      if (names.size < 2) continue;
      this.#warn(
        `${this.#servers[0]?.path ?? ''}: this server calls the scope ${JSON.stringify(scope)} otherwise than another one of the resource: ${[...names].map((name) => JSON.stringify(name)).join(', ')}. Clients without a token are told the first. Configure a resource for each server, or give scopes the same names.`,
      );
    }
  }
}

/** Names the scope that a server is to be asked for. A name of a name is the name itself: both may be in a requirement. */
function readName(scope: string, { policy, path }: NamingServer): string {
  const publishedScope = policy?.publishedScope;
  if (publishedScope === undefined) return scope;
  const problem = (what: string) =>
    new MCPAuthConfigError(
      'invalid_scope',
      `${path}.policy.publishedScope`,
      `must return the name of the scope ${JSON.stringify(scope)}, but ${what}.`,
    );
  const ask = (name: string): unknown => {
    try {
      return publishedScope(name);
    } catch (cause) {
      throw new MCPAuthConfigError(
        'invalid_scope',
        `${path}.policy.publishedScope`,
        `threw for the scope ${JSON.stringify(scope)}.`,
        { cause },
      );
    }
  };
  const name = ask(scope);
  ignoreRejection(name);
  if (!isScopeToken(name)) throw problem(`returned ${describeValue(name)}`);
  const again = ask(name);
  if (again === name) return name;
  throw problem('gives that name another one again. Return names that are published already as they are');
}

/** The same for scopes that nobody knows before a request: one without a name keeps its own. */
function toName(
  publishedScope: PublishedScope,
  path: string,
  warn: (message: string) => void,
): PublishedScope {
  return (scope) => {
    try {
      const name: unknown = publishedScope(scope);
      if (isScopeToken(name)) return name;
      ignoreRejection(name);
      warn(`${path}.policy.publishedScope must return a scope, but returned ${describeValue(name)}.`);
    } catch {
      warn(`${path}.policy.publishedScope threw.`);
    }
    return scope;
  };
}

/**
 * Compares scopes as they are written, and else by their published names, on both sides.
 *
 * @param prefix - what own names have in common, which is not a level of a hierarchy: with the separator `:` a scope `api` contains nothing
 * of `api://notes/read`, nor does `profile` of `profile/read` where the provider puts `profile/` in front of every name
 */
function createNamedCheck(
  hierarchy: ScopeHierarchy | undefined,
  path: string,
  name: PublishedScope,
  prefix: string,
): ScopeCheck {
  const areRelated: AreComparable = (granted, required) =>
    granted.startsWith(prefix) === required.startsWith(prefix);
  const plain = createScopeCheck(
    hierarchy,
    path,
    (granted, required) =>
      formOf(granted, name) === formOf(required, name) && areRelated(name(granted), name(required)),
  );
  const published = createScopeCheck(renameHierarchy(hierarchy, name), path, areRelated);
  const publish = (scopes: readonly string[]) => [...new Set(scopes.map(name))];
  return {
    covers: (granted, required) => {
      const open = required.filter((scope) => !plain.covers(granted, [scope]));
      return open.length === 0 || published.covers(publish(granted), publish(open));
    },
    publish,
  };
}

/** How a scope is written. */
function formOf(scope: string, name: PublishedScope): 'published' | 'short' | 'other' {
  const published = name(scope);
  if (published === scope) return 'published';
  return published.endsWith(scope) ? 'short' : 'other';
}

const anyScope = 'any-scope';

/** What stands in front of every own name; nothing where names are not made that way. */
function readPrefix(publishedScope: PublishedScope, path: string): string {
  const published = toName(publishedScope, path, () => undefined)(anyScope);
  return published.endsWith(anyScope) ? published.slice(0, -anyScope.length) : '';
}

/**
 * The same in published names. A rule of the owner's own is left out: it was written for the names in tokens, and what all published
 * names have in common, such as `https:` in front, could look like a yes to it.
 */
function renameHierarchy(
  hierarchy: ScopeHierarchy | undefined,
  name: PublishedScope,
): ScopeHierarchy | undefined {
  if (hierarchy === undefined) return undefined;
  const renamed = new Map<string, readonly string[]>();
  for (const [scope, contained] of Object.entries(hierarchy.scopes ?? {})) {
    renamed.set(name(scope), [...(renamed.get(name(scope)) ?? []), ...contained.map(name)]);
  }
  return { separator: hierarchy.separator, scopes: Object.fromEntries(renamed) };
}
