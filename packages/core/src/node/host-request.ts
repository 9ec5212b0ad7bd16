import type { NodeBodyRequest } from './read-node-body.js';
import type { NodeRequestLike } from './node-request-head.js';

/** What `@hono/node-server` makes a web-standard Request of. */
export type HostRequest = NodeRequestLike & NodeBodyRequest;

/** A web-standard Request by the Node request it was made of, and that nobody has read or replaced. */
export interface HostedRequest {
  readonly incoming: HostRequest;
  /** How the requests of this server are made. */
  readonly make: RequestMake;
  /** Whether nobody has asked for its headers either, so that nobody can have changed them. */
  readonly isUntouched: boolean;
}

/** How the requests of a server are made: its class, and the symbols under which each keeps what it was made of. */
export interface RequestMake {
  readonly prototype: object | null;
  readonly incomingKey: symbol;
  /** Its headers, from when somebody has asked for them. */
  readonly headersKey: symbol;
}

let known: RequestMake | undefined;

/**
 * The Node request that a web-standard Request was made of, where handlers cannot see anything else in it: a middleware may have
 * replaced the request, put a Proxy around it, read its body or made a Request of the platform of it, which has another stream.
 *
 * Checks: the request keeps its Node request, the strings it was made of, headers and what aborts it, and nothing else at all.
 *
 * @see {@link readHostBody}
 * @example
 * ```ts
 * import { findHostRequest, NodeRequestHead } from '@mcp-auth/core/node';
 * import { WebRequestHead } from '@mcp-auth/core/web';
 *
 * export function readHead(request: Request) {
 *   const hosted = findHostRequest(request);
 *   return hosted?.isUntouched === true ? new NodeRequestHead(hosted.incoming) : new WebRequestHead(request);
 * }
 * ```
 */
export function findHostRequest(request: object): HostedRequest | undefined {
  // A request of the platform keeps nothing there on most of them
  const keys = Object.getOwnPropertySymbols(request);
  if (keys.length === 0 || isProxy?.(request) !== false) return undefined;
  const make = (known ??= learnMake(request, keys));
  if (make === undefined || Object.getPrototypeOf(request) !== make.prototype) return undefined;
  const incoming: unknown = Object.hasOwn(request, make.incomingKey)
    ? Reflect.get(request, make.incomingKey)
    : undefined;
  if (!isNodeRequest(incoming) || Object.getOwnPropertyNames(request).length > 0) return undefined;
  const { incomingKey, headersKey } = make;
  const isPlain = (key: symbol) => {
    const value: unknown = Reflect.get(request, key);
    return typeof value === 'string' || value instanceof AbortController;
  };
  const isNew = keys.every((key) => key === incomingKey || key === headersKey || isPlain(key));
  return isNew ? { incoming, make, isUntouched: !keys.includes(headersKey) } : undefined;
}

/**
 * Whether a web-standard Request is the one that was made for a Node request, no matter what has happened to it since.
 *
 * Does not check: whether its body or headers are still those of the Node request; see {@link findHostRequest}.
 *
 * @see {@link findHostRequest}
 * @example
 * ```ts
 * import type { IncomingMessage } from 'node:http';
 * import { isMadeOf } from '@mcp-auth/core/node';
 *
 * // A request that an application makes to itself is another one
 * export const isFromOutside = (request: Request, incoming: IncomingMessage) => isMadeOf(request, incoming);
 * ```
 */
export function isMadeOf(request: object, incoming: object): boolean {
  const keys = Object.getOwnPropertySymbols(request);
  if (keys.length === 0 || isProxy?.(request) !== false) return false;
  const make = (known ??= learnMake(request, keys));
  return (
    make !== undefined &&
    Object.getPrototypeOf(request) === make.prototype &&
    keys.includes(make.incomingKey) &&
    Reflect.get(request, make.incomingKey) === incoming
  );
}

/** From a request that keeps its Node request, and makes its headers when they are asked for; nothing from any other. */
function learnMake(request: object, keys: readonly symbol[]): RequestMake | undefined {
  const incomingKey = keys.find((key) => isNodeRequest(Reflect.get(request, key)));
  if (incomingKey === undefined) return undefined;
  const prototype = Object.getPrototypeOf(request) as object | null;
  // One more of them, to see where it puts its headers
  const probe = Object.create(prototype, {
    [incomingKey]: { value: Reflect.get(request, incomingKey) as object },
  }) as Partial<Request>;
  const { headers } = probe;
  const headersKey = Object.getOwnPropertySymbols(probe).find((key) => Reflect.get(probe, key) === headers);
  return headersKey === undefined ? undefined : { prototype, incomingKey, headersKey };
}

function isNodeRequest(value: unknown): value is HostRequest {
  return (
    typeof value === 'object' && value !== null && Array.isArray((value as Partial<HostRequest>).rawHeaders)
  );
}

interface NodeLike {
  readonly getBuiltinModule?: (
    name: string,
  ) => { readonly types?: { readonly isProxy?: (value: unknown) => boolean } } | undefined;
}

/** Only Node can tell; an import would keep other runtimes from loading this. */
const isProxy = findIsProxy();

function findIsProxy(): ((value: unknown) => boolean) | undefined {
  try {
    const { process } = globalThis as { readonly process?: NodeLike };
    return process?.getBuiltinModule?.('node:util')?.types?.isProxy;
  } catch {
    // The edge runtime of Next.js throws where it is asked for what it does not have
    return undefined;
  }
}
