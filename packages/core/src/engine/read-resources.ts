import { MCPAuthConfigError } from '../errors/config-error.js';
import type { ProtectedResourceConfig } from '../resource/config.js';
import type { MCPAuthConfig } from './config.js';

/** The configured resources, and the option path of each. */
export function readResources(
  config: MCPAuthConfig,
): [readonly ProtectedResourceConfig[], (index: number) => string] {
  const protectedResources = (config as Partial<MCPAuthConfig> | undefined)?.protectedResources;
  if (Array.isArray(protectedResources) && protectedResources.length > 0) {
    return [
      protectedResources as readonly ProtectedResourceConfig[],
      (index) => `protectedResources[${index}]`,
    ];
  }
  if (
    typeof protectedResources !== 'object' ||
    (protectedResources as unknown) === null ||
    Array.isArray(protectedResources)
  ) {
    throw new MCPAuthConfigError('invalid_option', 'protectedResources', 'must name at least one resource.');
  }
  return [[protectedResources as ProtectedResourceConfig], () => 'protectedResources'];
}
