import type { RequestHead } from '@mcp-auth/core/adapter';
import { type GuardableNodeResponse, NodeRequestHead, type NodeRequestLike } from '@mcp-auth/core/node';
import type { Context } from 'hono';

/**
 * On `@hono/node-server` the Node request is available, which is read in a fraction of the time: but only where handlers cannot
 * see anything else. A middleware may have replaced the request, changed its headers, or put a Proxy around it.
 */
export function readNodeHead({ env, req }: Context): RequestHead | undefined {
  const { incoming } = (env ?? {}) as { readonly incoming?: NodeRequestLike };
  return incoming !== undefined && Array.isArray(incoming.rawHeaders) && isUntouched(req.raw, incoming)
    ? new NodeRequestHead(incoming)
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

/** How the requests of a server are made: its class, and the symbols under which each keeps what it was made of. */
interface Make {
  readonly prototype: object | null;
  readonly incomingKey: symbol;
  /** Its headers, from when somebody has asked for them. */
  readonly headersKey: symbol;
}

let make: Make | undefined;

/** Whether a request is the one that was made for this Node request, and nothing has happened to it since. */
function isUntouched(request: object, incoming: object): boolean {
  if (isProxy?.(request) !== false) return false;
  make ??= learnMake(request, incoming);
  return (
    make !== undefined &&
    Object.getPrototypeOf(request) === make.prototype &&
    Object.hasOwn(request, make.incomingKey) &&
    Reflect.get(request, make.incomingKey) === incoming &&
    !Object.hasOwn(request, make.headersKey) &&
    !Object.hasOwn(request, 'headers') &&
    !Object.hasOwn(request, 'method') &&
    !Object.hasOwn(request, 'url')
  );
}

/** From a request that keeps its Node request, and makes its headers when they are asked for; nothing from any other. */
function learnMake(request: object, incoming: object): Make | undefined {
  const incomingKey = Object.getOwnPropertySymbols(request).find(
    (key) => Reflect.get(request, key) === incoming,
  );
  if (incomingKey === undefined) return undefined;
  const prototype = Object.getPrototypeOf(request) as object | null;
  // One more of them, to see where it puts its headers
  const probe = Object.create(prototype, { [incomingKey]: { value: incoming } }) as Partial<Request>;
  const { headers } = probe;
  const headersKey = Object.getOwnPropertySymbols(probe).find((key) => Reflect.get(probe, key) === headers);
  return headersKey === undefined ? undefined : { prototype, incomingKey, headersKey };
}

interface NodeLike {
  readonly getBuiltinModule?: (
    name: string,
  ) => { readonly types?: { readonly isProxy?: (value: unknown) => boolean } } | undefined;
}

/** Only Node can tell; an import would keep other runtimes from loading this. */
const { process } = globalThis as { readonly process?: NodeLike };
const isProxy = process?.getBuiltinModule?.('node:util')?.types?.isProxy;
