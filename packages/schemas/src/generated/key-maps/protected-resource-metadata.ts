// Generated from src/sources by pnpm codegen. Do not edit.
import { rename, toCamelCase, toWire, type KeyMap } from '../../runtime/key-map.js';
import type {
  ProtectedResourceMetadata,
  CamelCaseProtectedResourceMetadata,
} from '../types/protected-resource-metadata.js';

export const protectedResourceMetadataKeys: KeyMap = {
  names: [
    'resource',
    'authorization_servers',
    'jwks_uri',
    'scopes_supported',
    'bearer_methods_supported',
    'resource_signing_alg_values_supported',
    'resource_name',
    'resource_documentation',
    'resource_policy_uri',
    'resource_tos_uri',
    'tls_client_certificate_bound_access_tokens',
    'authorization_details_types_supported',
    'dpop_signing_alg_values_supported',
    'dpop_bound_access_tokens_required',
    'signed_metadata',
  ],
  nested: {},
};

/**
 * Renames the members of ProtectedResourceMetadata to camelCase, into a new object; values are shared with the input.
 *
 * Unknown members and `name#language` variants keep their names. A member spelled like the camelCase form of a
 * registered one is left out: it would be mistaken for it. *Does not check* the document; parse it first.
 *
 * @throws MetadataError when it is not an object, or cannot be read
 * @see RFC 9728 section 2
 * @example
 * ```ts
 * import { parseProtectedResourceMetadata, protectedResourceMetadataToCamelCase } from '@mcp-auth/schemas';
 *
 * export const read = (json: string) => protectedResourceMetadataToCamelCase(parseProtectedResourceMetadata(JSON.parse(json)));
 * ```
 */
export const protectedResourceMetadataToCamelCase = (
  document: ProtectedResourceMetadata,
): CamelCaseProtectedResourceMetadata =>
  rename(
    'protected_resource',
    document,
    protectedResourceMetadataKeys,
    toCamelCase,
  ) as unknown as CamelCaseProtectedResourceMetadata;

/**
 * Renames the members of CamelCaseProtectedResourceMetadata to their wire names, into a new object; values are shared with the input.
 *
 * The exact inverse of the other direction. Where a member is given under both names, the wire name wins.
 *
 * @throws MetadataError when it is not an object, or cannot be read
 * @see RFC 9728 section 2
 * @example
 * ```ts
 * import { protectedResourceMetadataToWire, type CamelCaseProtectedResourceMetadata } from '@mcp-auth/schemas';
 *
 * export const write = (document: CamelCaseProtectedResourceMetadata) => JSON.stringify(protectedResourceMetadataToWire(document));
 * ```
 */
export const protectedResourceMetadataToWire = (
  document: CamelCaseProtectedResourceMetadata,
): ProtectedResourceMetadata =>
  rename(
    'protected_resource',
    document,
    protectedResourceMetadataKeys,
    toWire,
  ) as unknown as ProtectedResourceMetadata;
