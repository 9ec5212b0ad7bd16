import { protectedResourceMembers } from './members/rfc9728.js';
import { shapeOf } from './shape.js';

/**
 * The document of an OAuth 2.0 protected resource.
 *
 * @see RFC 9728 section 2
 */
export const protectedResourceMetadataSchema = shapeOf(
  'ProtectedResourceMetadata',
  'Metadata of an OAuth 2.0 protected resource (RFC 9728).',
  protectedResourceMembers,
);
