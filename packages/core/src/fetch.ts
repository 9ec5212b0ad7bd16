export {
  MCPAuth,
  type FetchHandler,
  type FetchHandlerOptions,
  type ProtectedFetchHandler,
} from './fetch/mcp-auth.js';
