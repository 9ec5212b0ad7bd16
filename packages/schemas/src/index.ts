export type { Issue, IssueCode } from './runtime/issue.js';
export { MetadataError } from './runtime/metadata-error.js';
export type { DocumentKind } from './generated/document-kind.js';
export type {
  AuthorizationServerMetadata,
  CamelCaseAuthorizationServerMetadata,
} from './generated/types/authorization-server-metadata.js';
export type {
  CamelCaseOpenIDProviderMetadata,
  OpenIDProviderMetadata,
} from './generated/types/openid-provider-metadata.js';
export type {
  CamelCaseProtectedResourceMetadata,
  ProtectedResourceMetadata,
} from './generated/types/protected-resource-metadata.js';
export type {
  CamelCaseEndpointAliases,
  EndpointAliases,
} from './generated/types/authorization-server-metadata.js';
export {
  parseAuthorizationServerMetadata,
  parseOpenIDProviderMetadata,
  validateAuthorizationServerMetadata,
  validateOpenIDProviderMetadata,
} from './generated/validators/server-metadata.js';
export {
  parseProtectedResourceMetadata,
  validateProtectedResourceMetadata,
} from './generated/validators/protected-resource-metadata.js';
export {
  listAuthorizationServerMetadataMembers,
  listProtectedResourceMetadataMembers,
} from './member-names.js';
export {
  authorizationServerMetadataToCamelCase,
  authorizationServerMetadataToWire,
  openIDProviderMetadataToCamelCase,
  openIDProviderMetadataToWire,
} from './generated/key-maps/server-metadata.js';
export {
  protectedResourceMetadataToCamelCase,
  protectedResourceMetadataToWire,
} from './generated/key-maps/protected-resource-metadata.js';
export { isAbsoluteUrl } from './runtime/absolute-url.js';
export { isCompactJws } from './runtime/compact-jws.js';
export { jsonSchemaFormats } from './runtime/json-schema-formats.js';
export { authorizationServerMetadataDefaults } from './generated/rules/authorization-server-metadata.js';
export { openIDProviderMetadataDefaults } from './generated/rules/openid-provider-metadata.js';
export { protectedResourceMetadataDefaults } from './generated/rules/protected-resource-metadata.js';
export type { Finding, FindingCode, LintCode, McpCode, Severity } from './lint/finding.js';
export {
  lintAuthorizationServerMetadata,
  lintOpenIDProviderMetadata,
  lintProtectedResourceMetadata,
  type LintOptions,
} from './lint/lint.js';
export { crossCheckMetadata } from './lint/cross-check.js';
export { mcpRevisions, type McpRevision } from './mcp/revision.js';
export {
  checkAuthorizationServerForMcp,
  type McpServerCheckOptions,
} from './mcp/check-authorization-server.js';
export {
  checkProtectedResourceForMcp,
  type McpResourceCheckOptions,
} from './mcp/check-protected-resource.js';
