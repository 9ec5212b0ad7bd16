export type { VerifyAccessTokenFunction } from './handle-bearer-auth.js';
export { createVerifyJwt } from './create-verify-jwt.js';
export { serverMetadataPaths, fetchServerConfig, fetchServerConfigByWellKnownUrl } from './fetch-server-config.js';
export { authorizationServerMetadataSchema } from './schemas/authorization-server-metadata.js';
