export { Auth, BearerAuth, RequireScopes } from './decorators.js';
export { McpAuthGuard } from './guard.js';
export { MCP_AUTH, McpAuthModule, type McpAuthModuleAsyncOptions } from './module.js';
export type { PlatformMCPAuth } from './platform.js';
