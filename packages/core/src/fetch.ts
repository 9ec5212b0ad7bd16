export { MCPAuth } from './fetch/mcp-auth.js';
export type {
  FetchHandler,
  FetchHandlerOptions,
  FetchRouter,
  ProtectedFetchHandler,
} from './fetch/exchange.js';
export type { PlaceOptions } from './fetch/place.js';
