export * from '@mcp-auth/core';
export { getAuth } from './get-auth.js';
export type { MetadataRouter } from './metadata-router.js';
export { MCPAuth } from './mcp-auth.js';
export type { AuthEnv, AuthVariables } from './middleware.js';
