import { MCPAuthConfigError } from '../errors/config-error.js';
import type { MCPAuthConfig, ResourceServerModeConfig } from './mcp-auth.js';
import type { MutualTlsOptions } from './mutual-tls.js';
import type { DpopOptions } from './proofs.js';
import type { AuthServerEntry, ProtectedResourceConfig } from './protected-resource.js';

/** One resource, with the option paths of what it has. */
export interface FoundResource {
  readonly config: ProtectedResourceConfig;
  readonly path: string;
  /** Of its metadata; empty in the short form. */
  readonly metadataPath: string;
}

/**
 * Reads a configuration whose options were checked.
 *
 * @throws {MCPAuthConfigError} when the configuration names no resource, or in both forms
 */
export function readResources(config: MCPAuthConfig): readonly FoundResource[] {
  // Checked before, but for which of the two there is
  const { protectedResources, resource, authorizationServers, dpop, mutualTls } = config as {
    readonly protectedResources?: Resources | undefined;
    readonly resource?: string | undefined;
    readonly authorizationServers?: readonly AuthServerEntry[] | undefined;
    readonly dpop?: DpopOptions | undefined;
    readonly mutualTls?: MutualTlsOptions | undefined;
  };
  if (resource !== undefined || authorizationServers !== undefined) {
    if (protectedResources !== undefined) {
      throw new MCPAuthConfigError(
        'invalid_option',
        resource === undefined ? 'authorizationServers' : 'resource',
        'cannot be used together with protectedResources. It belongs in metadata there.',
      );
    }
    // What is missing is told where it is looked at
    const metadata = { resource, authorizationServers } as ProtectedResourceConfig['metadata'];
    return [{ config: { metadata, dpop, mutualTls }, path: '', metadataPath: '' }];
  }
  for (const [name, given] of Object.entries({ dpop, mutualTls })) {
    if (given === undefined) continue;
    throw new MCPAuthConfigError(
      'invalid_option',
      name,
      `belongs to one resource. Write protectedResources: { metadata, ${name} }.`,
    );
  }
  if (protectedResources === undefined || isEmpty(protectedResources)) {
    throw new MCPAuthConfigError(
      'invalid_option',
      'protectedResources',
      'must name at least one resource. For a single one write { resource, authorizationServers: [issuer] }.',
    );
  }
  const found = (one: ProtectedResourceConfig, path: string): FoundResource => ({
    config: one,
    path,
    metadataPath: `${path}.metadata`,
  });
  return isList(protectedResources)
    ? protectedResources.map((one, index) => found(one, `protectedResources[${index}]`))
    : [found(protectedResources, 'protectedResources')];
}

type Resources = ResourceServerModeConfig['protectedResources'];

function isList(resources: Resources): resources is readonly ProtectedResourceConfig[] {
  return Array.isArray(resources);
}

function isEmpty(resources: Resources): boolean {
  return isList(resources) && resources.length === 0;
}
