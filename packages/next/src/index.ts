export * from '@mcp-auth/core';
export { getAuth } from './get-auth.js';
export type { Handler, HandlerArguments, RouteHandler, RouteHandlers } from './handler.js';
export { MCPAuth } from './mcp-auth.js';
