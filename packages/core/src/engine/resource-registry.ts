import { AuthorizationServer } from '../authorization-server/authorization-server.js';
import { authServerConfig, type AuthServerConfig } from '../config/authorization-server.js';
import type { FoundResource } from '../config/read-resources.js';
import { joinPath } from '../errors/unknown-option.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import type { ServerEnvironment } from '../net/environment.js';
import { ProtectedResource } from '../resource/protected-resource.js';
import { getResourceKey } from '../resource/resource-identifier.js';
import type { ServerFactory } from '../resource/trusted-server.js';

/** What one configuration protects, and the authorization servers behind it. */
export class ResourceRegistry {
  readonly #resources = new Map<string, ProtectedResource>();
  readonly #servers = new Map<string | AuthServerConfig, AuthorizationServer>();
  readonly #environment: ServerEnvironment;

  /** @throws {MCPAuthConfigError} with the path of the wrong option */
  constructor(found: readonly FoundResource[], environment: ServerEnvironment) {
    this.#environment = environment;
    for (const resource of found) this.#add(resource);
  }

  get resources(): readonly ProtectedResource[] {
    return [...this.#resources.values()];
  }

  get servers(): readonly AuthorizationServer[] {
    return [...this.#servers.values()];
  }

  /** The resource of this name; without a name, the only one there is. @throws {MCPAuthConfigError} `unknown_resource` */
  find(identifier: string | undefined): ProtectedResource {
    const { resources } = this;
    const only = identifier === undefined && resources.length === 1 ? resources[0] : undefined;
    const resource = only ?? this.#resources.get(keyOf(identifier));
    if (resource !== undefined) return resource;
    throw new MCPAuthConfigError('unknown_resource', 'resource', explainUnknown(identifier, this.resources));
  }

  #add(found: FoundResource): void {
    const resource = new ProtectedResource(found, this.#environment, this.#createServer);
    const key = getResourceKey(resource.identifier);
    if (this.#resources.has(key)) {
      throw new MCPAuthConfigError(
        'duplicate_resource',
        joinPath(found.metadataPath, 'resource'),
        `is configured twice: ${JSON.stringify(resource.identifier)}. Merge the two entries.`,
      );
    }
    this.#resources.set(key, resource);
  }

  /** Equal configurations share one server at run time, so that its metadata and keys are fetched once. */
  readonly #createServer: ServerFactory = (config, path, environment) => {
    const id = identify(config);
    let server = this.#servers.get(id);
    if (server === undefined) {
      server = new AuthorizationServer(config, path, environment);
      this.#servers.set(id, server);
    }
    return server;
  };
}

/** How each resource trusts a server: no part of what the server is. */
const trust: ReadonlySet<string> = new Set<keyof AuthServerConfig>([
  'tokenIssuers',
  'audiences',
  'dangerouslyAcceptAnyAudience',
  'policy',
  'scopeClaims',
]);

/**
 * Equal for configurations of the same server. Every option counts that is not named above, so that a new one separates servers
 * until somebody has thought about it; a function is equal to nothing but itself.
 */
function identify(config: AuthServerConfig): string | AuthServerConfig {
  const names = Object.keys(authServerConfig.description) as (keyof AuthServerConfig)[];
  const own = names
    .filter((name) => config[name] !== undefined && !trust.has(name))
    .map((name): readonly [string, unknown] => [name, config[name]]);
  if (own.some(([, value]) => typeof value === 'function')) return config;
  // How it is asked about tokens is each resource's own; that it is asked decides whether it may do without keys
  const parts = own.map(([name, value]): [string, unknown] => [name, name === 'introspection' || value]);
  return JSON.stringify(parts);
}

function explainUnknown(identifier: unknown, resources: readonly ProtectedResource[]): string {
  const known = resources.map((other) => JSON.stringify(other.identifier));
  if (identifier === undefined) return `is missing. Write resource: ${known.join(' or ')}.`;
  if (typeof identifier !== 'string') {
    return `must be ${known.join(' or ')}, but is ${describeValue(identifier, true)}.`;
  }
  const found = `${describeValue(identifier, true)} is not configured.`;
  const meant = resources.find((other) => isSamePlace(other.identifier, identifier));
  return meant === undefined
    ? `${found} Configured resources: ${known.join(', ')}.`
    : `${found} Did you mean ${JSON.stringify(meant.identifier)}? A slash at the end counts.`;
}

/** Whether two identifiers differ in one slash at the end only. */
function isSamePlace(one: string, other: unknown): boolean {
  return typeof other === 'string' && (other === `${one}/` || one === `${other}/`);
}

function keyOf(resource: unknown): string {
  // For callers without TypeScript: a list, or a URL object, reads as a URL where a string is wanted
  if (typeof resource !== 'string') return '';
  try {
    return getResourceKey(resource);
  } catch {
    return '';
  }
}
