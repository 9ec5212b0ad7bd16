export * from '@mcp-auth/core/providers';
