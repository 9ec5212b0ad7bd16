export * from '@mcp-auth/core';
export { getAuth } from './get-auth.js';
export { MCPAuth } from './mcp-auth.js';
