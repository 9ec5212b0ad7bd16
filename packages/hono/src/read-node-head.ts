import type { RequestHead } from '@mcp-auth/core/adapter';
import { NodeRequestHead, type NodeRequestLike } from '@mcp-auth/core/node';
import type { Context } from 'hono';

/**
 * On `@hono/node-server` the Node request is at hand, which is read in a fraction of the time: but only where handlers cannot
 * see anything else. A middleware may have replaced the request, changed its headers, or put a Proxy around it.
 */
export function readNodeHead({ env, req }: Context): RequestHead | undefined {
  const { incoming } = (env ?? {}) as { readonly incoming?: NodeRequestLike };
  return incoming !== undefined && Array.isArray(incoming.rawHeaders) && isUntouched(req.raw, incoming)
    ? new NodeRequestHead(incoming)
    : undefined;
}

/** What a request of `@hono/node-server` holds before anybody has asked for its headers, by the names of its symbols. */
const keysAtFirst: ReadonlySet<string | undefined> = new Set(['incomingKey', 'methodKey', 'urlKey']);

/** Whether a request is the one that was made for this Node request, and nothing has happened to it since. */
function isUntouched(request: object, incoming: object): boolean {
  if (isProxy?.(request) !== false) return false;
  let isItsOwn = false;
  for (const key of Reflect.ownKeys(request)) {
    if (typeof key !== 'symbol' || !keysAtFirst.has(key.description)) return false;
    isItsOwn ||= Reflect.get(request, key) === incoming;
  }
  return isItsOwn;
}

interface NodeLike {
  readonly getBuiltinModule?: (
    name: string,
  ) => { readonly types?: { readonly isProxy?: (value: unknown) => boolean } } | undefined;
}

/** Only Node can tell; an import would keep other runtimes from loading this. */
const { process } = globalThis as { readonly process?: NodeLike };
const isProxy = process?.getBuiltinModule?.('node:util')?.types?.isProxy;
