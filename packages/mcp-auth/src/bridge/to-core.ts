import { describeValue } from '@mcp-auth/core/adapter';
import type {
  AuthServerConfig as CoreAuthServerConfig,
  ProtectedResourceConfig,
  ProtectedResourceMetadataConfig,
  ResourceServerModeConfig,
} from '@mcp-auth/core';
import type { LegacyMCPAuthConfig } from '@mcp-auth/express/legacy';
import {
  isServerMode,
  type AuthServerConfig,
  type MCPAuthConfig,
  type ResourceServerConfig,
} from '../config.js';
import { invalidOption } from '../errors/invalid-option.js';
import { checkOptions } from '../options/check-options.js';
import { authServerOptions, mcpAuthOptions, resourceOptions } from '../options/known-options.js';
import { camelCaseProtectedResourceMetadataSchema } from '../schemas/protected-resource-metadata.js';
import { toSnakeCase, toSnakeName } from '../schemas/snake-case.js';

/**
 * What is protected, as the core wants it: options that it knows, and no others. What it cannot use it refuses, with the path
 * of the option.
 *
 * @throws {MCPAuthConfigError} `unknown_option`, `invalid_option`
 * @throws {MCPAuthAuthServerError} `invalid_server_config` for options that contradict each other
 */
export function toCoreConfig(
  config: MCPAuthConfig,
): Pick<ResourceServerModeConfig, 'protectedResources'> | Pick<LegacyMCPAuthConfig, 'server'> {
  checkOptions(config, '', mcpAuthOptions);
  const reader = new ServerReader();
  const { protectedResources } = config as { readonly protectedResources?: unknown };
  if (isServerMode(config)) {
    if (protectedResources === undefined) return { server: reader.read(config.server, 'server') };
    throw invalidOption(
      'protectedResources',
      'cannot be used together with server. Name the server in authorizationServers of the resource.',
    );
  }
  // For callers without TypeScript
  if (protectedResources === undefined || protectedResources === null) return { protectedResources: [] };
  return {
    protectedResources: Array.isArray(protectedResources)
      ? protectedResources.map((resource, index) =>
          toCoreResource(resource as ResourceServerConfig, `protectedResources[${index}]`, reader),
        )
      : toCoreResource(protectedResources as ResourceServerConfig, 'protectedResources', reader),
  };
}

/** The metadata is a document: it is published with the members that it has itself. */
function toCoreResource(
  resource: ResourceServerConfig,
  path: string,
  reader: ServerReader,
): ProtectedResourceConfig {
  checkOptions(resource, path, resourceOptions);
  const { authorizationServers, ...metadata } = checkObject(resource.metadata, `${path}.metadata`);
  const serversPath = `${path}.metadata.authorizationServers`;
  return {
    metadata: {
      // Zod 3 says "or undefined" of optional members, and the core, which leaves out what is undefined, does not
      ...(toWireExtensions(metadata) as Omit<ProtectedResourceMetadataConfig, 'authorizationServers'>),
      authorizationServers: readServers(authorizationServers, serversPath, reader),
    },
  };
}

function readServers(servers: unknown, path: string, reader: ServerReader): readonly CoreAuthServerConfig[] {
  // What is not a list, the core refuses
  if (!Array.isArray(servers)) return servers as readonly CoreAuthServerConfig[];
  return servers.map((server, index) => reader.read(server as AuthServerConfig, `${path}[${index}]`));
}

/** Members that RFC 9728 does not know, under the names that 0.2 published them under, at any depth. */
function toWireExtensions(metadata: object): object {
  const registered = camelCaseProtectedResourceMetadataSchema.shape;
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) =>
      Object.hasOwn(registered, name) || name.includes('#')
        ? [name, value as unknown]
        : [toSnakeName(name), toSnakeCase(value)],
    ),
  );
}

/** For callers without TypeScript. */
function checkObject<T extends object>(value: T, path: string): T {
  if (typeof (value as unknown) === 'object' && (value as unknown) !== null) return value;
  throw invalidOption(
    path,
    (value as unknown) === undefined ? 'is missing.' : `must be an object, but is ${describeValue(value)}.`,
  );
}

/** Reads authorization servers, each object once: the core shares what it fetches among resources that name the same one. */
class ServerReader {
  readonly #read = new Map<AuthServerConfig, CoreAuthServerConfig>();

  read(server: AuthServerConfig, path: string): CoreAuthServerConfig {
    const known = this.#read.get(server);
    if (known !== undefined) return known;
    checkOptions(server, path, authServerOptions);
    checkMetadataAlone(server, path);
    const given: Readonly<Record<PropertyKey, unknown>> = server;
    const options = Object.fromEntries(
      authServerOptions
        .map((name) => [name, given[name]] as const)
        .filter(([, value]) => value !== undefined),
    );
    // The names were just checked, their values are for the core to check
    const read = options as unknown as CoreAuthServerConfig;
    this.#read.set(server, read);
    return read;
  }
}

/** Apart from metadata, nothing says who the server is. */
function checkMetadataAlone(server: AuthServerConfig, path: string): void {
  const { metadata, issuer, transpileData } = server as {
    readonly metadata?: { readonly issuer?: unknown };
    readonly issuer?: unknown;
    readonly transpileData?: unknown;
  };
  if (metadata === undefined) return;
  if (issuer !== undefined && issuer !== metadata.issuer) {
    throw invalidOption(`${path}.issuer`, 'is not metadata.issuer, which is what counts. Leave it out.');
  }
  if (transpileData !== undefined) {
    throw invalidOption(
      `${path}.transpileData`,
      'has no effect on metadata that is given. Pass it to fetchServerConfig, or leave metadata out.',
    );
  }
}
