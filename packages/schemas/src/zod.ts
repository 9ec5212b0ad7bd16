export {
  authorizationServerMetadataSchema,
  openIDProviderMetadataSchema,
} from './sources/server-metadata.js';
export { protectedResourceMetadataSchema } from './sources/protected-resource-metadata.js';
export { accessTokenClaimsSchema } from './sources/access-token-claims.js';
export { introspectionResponseSchema } from './sources/introspection-response.js';
export { jwkSetSchema } from './sources/jwk-set.js';
export { mcpRequestHeadSchema } from './sources/mcp-request-head.js';
export { oauthErrorSchema } from './sources/oauth-error.js';
