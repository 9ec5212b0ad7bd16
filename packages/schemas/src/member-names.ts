import { protectedResourceMetadataKeys } from './generated/key-maps/protected-resource-metadata.js';
import { serverKeys } from './generated/key-maps/server-metadata.js';

/** Wire names of the members of authorization server metadata (RFC 8414 §2) and of OpenID provider metadata, in one list. */
export const authorizationServerMetadataMembers: readonly string[] = serverKeys.names;

/** Wire names of the members of protected resource metadata (RFC 9728 §2). */
export const protectedResourceMetadataMembers: readonly string[] = protectedResourceMetadataKeys.names;
