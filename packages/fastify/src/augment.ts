import type { AuthInfo } from '@mcp-auth/core';

// The module must be known before it can be augmented
export type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller, on routes behind `bearerAuth`. */
    auth?: AuthInfo;
  }
}
