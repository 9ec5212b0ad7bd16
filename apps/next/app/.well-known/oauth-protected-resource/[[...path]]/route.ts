import { mcpAuth } from '@/lib/mcp-auth';

// All methods: what Next.js answers itself where one is missing does not say which there are (RFC 9110 §15.5.6)
export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = mcpAuth.protectedResourceMetadataRouter();
