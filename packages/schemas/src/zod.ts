export {
  authorizationServerMetadataSchema,
  openIDProviderMetadataSchema,
} from './sources/server-metadata.js';
export { protectedResourceMetadataSchema } from './sources/protected-resource-metadata.js';
