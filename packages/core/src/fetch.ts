export {
  MCPAuth,
  type FetchHandler,
  type FetchHandlerOptions,
  type FetchRouter,
  type ProtectedFetchHandler,
} from './fetch/mcp-auth.js';
export type { PlaceOptions } from './fetch/place.js';
