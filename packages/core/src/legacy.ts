// eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated, and here
export { MCPAuth } from './fetch/legacy-mcp-auth.js';
export { BaseLegacyMCPAuth } from './legacy/base-legacy-mcp-auth.js';
export type { LegacyMCPAuthConfig, LegacyOptions, LegacyOptionsFor } from './legacy/legacy-config.js';
export { LegacyServer } from './legacy/legacy-server.js';
export type {
  FetchHandler,
  FetchHandlerOptions,
  FetchRouter,
  ProtectedFetchHandler,
} from './fetch/exchange.js';
