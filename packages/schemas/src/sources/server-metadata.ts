import { shapeOf } from './shape.js';
import { asGuests } from './member.js';
import { identityAssuranceMembers } from './members/identity-assurance.js';
import { oauthDraftsMembers } from './members/oauth-drafts.js';
import { oauthExtensionsMembers } from './members/oauth-extensions.js';
import { openidDiscoveryMembers } from './members/openid-discovery.js';
import { openidExtensionsMembers } from './members/openid-extensions.js';
import { openidFederationMembers } from './members/openid-federation.js';
import { openidSessionsMembers } from './members/openid-sessions.js';
import { rfc8414Members } from './members/rfc8414.js';

/** Members whose home is the authorization server document. */
export const authorizationServerMembers = {
  ...rfc8414Members,
  ...oauthExtensionsMembers,
  ...openidExtensionsMembers,
  ...openidFederationMembers,
  ...oauthDraftsMembers,
};

/** Members whose home is the OpenID Provider document. */
export const openIDProviderMembers = {
  ...openidDiscoveryMembers,
  ...openidSessionsMembers,
  ...identityAssuranceMembers,
};

/**
 * The document of an OAuth 2.0 authorization server.
 *
 * @see RFC 8414 section 2
 */
export const authorizationServerMetadataSchema = shapeOf(
  'AuthorizationServerMetadata',
  'Metadata of an OAuth 2.0 authorization server (RFC 8414).',
  { ...authorizationServerMembers, ...asGuests(openIDProviderMembers), ...authorizationServerMembers },
);

/**
 * The document of an OpenID Provider.
 *
 * @see OpenID Connect Discovery 1.0 section 3
 */
export const openIDProviderMetadataSchema = shapeOf(
  'OpenIDProviderMetadata',
  'Metadata of an OpenID Provider (OpenID Connect Discovery 1.0).',
  { ...openIDProviderMembers, ...asGuests(authorizationServerMembers), ...openIDProviderMembers },
);
