export { MCPAuth, type AuthorizedRequest, type Handler } from './mcp-auth.js';
