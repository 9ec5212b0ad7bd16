import { protectedResourceMetadataKeys } from './generated/key-maps/protected-resource-metadata.js';
import { serverKeys } from './generated/key-maps/server-metadata.js';

/**
 * Wire names of the members of authorization server metadata (RFC 8414 §2) and of OpenID provider metadata, in one list.
 *
 * @see RFC 8414 §2
 * @example
 * ```ts
 * import { listAuthorizationServerMetadataMembers } from '@mcp-auth/schemas';
 *
 * const isRegistered = listAuthorizationServerMetadataMembers().includes('jwks_uri');
 * ```
 */
export function listAuthorizationServerMetadataMembers(): readonly string[] {
  return serverKeys.names;
}

/**
 * Wire names of the members of protected resource metadata (RFC 9728 §2).
 *
 * @see RFC 9728 §2
 * @example
 * ```ts
 * import { listProtectedResourceMetadataMembers } from '@mcp-auth/schemas';
 *
 * const isRegistered = listProtectedResourceMetadataMembers().includes('resource');
 * ```
 */
export function listProtectedResourceMetadataMembers(): readonly string[] {
  return protectedResourceMetadataKeys.names;
}
