export type {
  BearerAuthConfig,
  ValidateIssuerFunction,
  VerifyAccessTokenFunction,
  VerifyAccessTokenMode,
} from './bearer-auth-config.js';
export {
  getIssuer,
  type AuthServerConfig,
  type AuthServerDiscoveryConfig,
  type AuthServerModeConfig,
  type AuthServerType,
  type MCPAuthConfig,
  type ResolvedAuthServerConfig,
  type ResourceServerModeConfig,
} from './config.js';
export { createVerifyJwt } from './create-verify-jwt.js';
export {
  authServerErrorDescription,
  MCPAuthAuthServerError,
  type AuthServerErrorCode,
} from './errors/auth-server-error.js';
export {
  bearerAuthErrorDescription,
  MCPAuthBearerAuthError,
  type BearerAuthErrorCode,
  type MCPAuthBearerAuthErrorDetails,
} from './errors/bearer-auth-error.js';
export { MCPAuthConfigError, MCPAuthError } from './errors/mcp-auth-error.js';
export {
  MCPAuthTokenVerificationError,
  tokenVerificationErrorDescription,
  type MCPAuthTokenVerificationErrorCode,
} from './errors/token-verification-error.js';
export {
  fetchServerConfig,
  fetchServerConfigByWellKnownUrl,
  serverMetadataPaths,
} from './fetch-server-config.js';
export { handleBearerAuth } from './handle-bearer-auth.js';
export { MCPAuth } from './mcp-auth.js';
export {
  authorizationServerMetadataSchema,
  camelCaseAuthorizationServerMetadataSchema,
  defaultValues,
  type AuthorizationServerMetadata,
  type CamelCaseAuthorizationServerMetadata,
} from './schemas/authorization-server-metadata.js';
export {
  camelCaseProtectedResourceMetadataSchema,
  protectedResourceMetadataSchema,
  type CamelCaseProtectedResourceMetadata,
  type ProtectedResourceMetadata,
} from './schemas/protected-resource-metadata.js';
export {
  validateServerConfig,
  type AuthServerConfigError,
  type AuthServerConfigErrorCode,
  type AuthServerConfigWarning,
  type AuthServerConfigWarningCode,
  type AuthServerSuccessCode,
} from './validate-server-config.js';
