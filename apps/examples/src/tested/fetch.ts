import { MCPAuth, type ProtectedFetchHandler } from '@mcp-auth/core/fetch';
import { mcp, operations, requiredScopes, resource, type Settings } from './notes.js';

export function createApp(settings: Settings): ProtectedFetchHandler {
  const mcpAuth = new MCPAuth({ resource, ...settings });
  return mcpAuth.protect(mcp, { requiredScopes, operations });
}
