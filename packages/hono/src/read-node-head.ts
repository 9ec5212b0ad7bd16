import type { RequestHead } from '@mcp-auth/core/adapter';
import { NodeRequestHead, type NodeRequestLike } from '@mcp-auth/core/node';
import type { Context } from 'hono';

/**
 * On `@hono/node-server` the Node request is at hand: it still shows two Authorization fields as two, and no Request
 * object has to be built to read a header.
 */
export function readNodeHead(context: Context): RequestHead | undefined {
  const { incoming } = (context.env ?? {}) as { readonly incoming?: NodeRequestLike };
  return incoming !== undefined && Array.isArray(incoming.rawHeaders)
    ? new NodeRequestHead(incoming)
    : undefined;
}
