import type { RequestHead } from '@mcp-auth/core/adapter';
import { NodeRequestHead, type NodeRequestLike } from '@mcp-auth/core/node';
import type { Context } from 'hono';

/**
 * On `@hono/node-server` the Node request is at hand: it still shows two Authorization fields as two, and no Request
 * object has to be built to read a header. Only where it is the request in question: an app may send one of its own through
 * itself, in the same environment, and a middleware may put another in its place.
 */
export function readNodeHead({ env, req }: Context): RequestHead | undefined {
  const { incoming } = (env ?? {}) as { readonly incoming?: NodeRequestLike };
  return incoming !== undefined && Array.isArray(incoming.rawHeaders) && !isConstructed(req.raw)
    ? new NodeRequestHead(incoming)
    : undefined;
}

/** What `@hono/node-server` hands in for a Node request is made without any class: its prototype has no constructor. */
function isConstructed(request: Request): boolean {
  return Object.hasOwn(Object.getPrototypeOf(request) as object, 'constructor');
}
