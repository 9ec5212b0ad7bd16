export {
  MCPAuth,
  type FetchHandler,
  type FetchHandlerOptions,
  type FetchRouter,
  type ProtectedFetchHandler,
} from './fetch/mcp-auth.js';
