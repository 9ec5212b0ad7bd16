import type { RequestHead } from '@mcp-auth/core/adapter';
import {
  findHostRequest,
  type GuardableNodeResponse,
  type HoldableNodeResponse,
  isMadeOf,
  NodeRequestHead,
} from '@mcp-auth/core/node';
import type { Context } from 'hono';

/**
 * On `@hono/node-server` the Node request is available, which is read in a fraction of the time: but only where handlers cannot
 * see anything else. A middleware may have replaced the request, changed its headers, or put a Proxy around it.
 */
export function readNodeHead({ env, req }: Context): RequestHead | undefined {
  const { incoming } = (env ?? {}) as { readonly incoming?: object };
  if (incoming === undefined) return undefined;
  const hosted = findHostRequest(req.raw);
  return hosted?.isUntouched === true && hosted.incoming === incoming
    ? new NodeRequestHead(hosted.incoming)
    : undefined;
}

/**
 * The Node response of `@hono/node-server`: all that is sent goes through it, also where a handler has written to it and returns a
 * `Response` that says so.
 */
export function readNodeResponse({ env }: Context): GuardableNodeResponse | undefined {
  const { outgoing } = (env ?? {}) as { readonly outgoing?: Partial<Record<string, unknown>> };
  const isResponse = ['getHeader', 'on', 'writeHead', 'write', 'end'].every(
    (name) => typeof outgoing?.[name] === 'function',
  );
  return isResponse ? (outgoing as unknown as GuardableNodeResponse) : undefined;
}

type OwnResponse = GuardableNodeResponse & HoldableNodeResponse;

/**
 * The same where it carries the response to this very request: one that an application makes to itself may be handed the environment of
 * another, whose response is not its own.
 */
export function readOwnResponse(context: Context): OwnResponse | undefined {
  const { incoming } = (context.env ?? {}) as { readonly incoming?: object };
  const isOwn = incoming !== undefined && isMadeOf(context.req.raw, incoming);
  return isOwn ? (readNodeResponse(context) as OwnResponse | undefined) : undefined;
}
