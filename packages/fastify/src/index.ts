export * from '@mcp-auth/core';
export { getAuth } from './get-auth.js';
export { MCPAuth } from './mcp-auth.js';
export type { BearerAuthHook, BearerAuthPreParsingHook } from './hooks.js';
export type { BearerAuthRouteOptions } from './route-options.js';
