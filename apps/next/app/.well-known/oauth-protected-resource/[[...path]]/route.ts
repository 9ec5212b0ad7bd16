import { mcpAuth } from '@/lib/mcp-auth';

export const { GET, OPTIONS } = mcpAuth.protectedResourceMetadataRouter();
