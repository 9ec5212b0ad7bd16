export * from '@mcp-auth/core';
export { getAuth } from './get-auth.js';
export type { MetadataRouter } from './metadata-router.js';
export { MCPAuth, type AuthEnv, type AuthVariables } from './mcp-auth.js';
