export { authContext, getAuthInfo, hasScopes, requireOperation, requireScopes } from '@mcp-auth/core/context';
