export { authContext, getAuthInfo, hasScopes, requireScopes } from '@mcp-auth/core/context';
