interface AddressLike {
  readonly address?: unknown;
}

/** What runtimes hand to a handler together with a request, or put into what frameworks call its environment. */
interface HostLike {
  /** Deno. */
  readonly remoteAddr?: { readonly hostname?: unknown };
  /** Bun's server. */
  readonly requestIP?: (request: Request) => AddressLike | null;
  /** Bun's server, where a framework has put it into an object. */
  readonly server?: { readonly requestIP?: (request: Request) => AddressLike | null };
  /** The request of Node, on `@hono/node-server`. */
  readonly incoming?: {
    readonly socket?: { readonly remoteAddress?: unknown; readonly destroyed?: unknown };
  };
}

/**
 * The address of whoever sent a request, where the runtime tells.
 *
 * @param host - second argument of a handler on Deno and Bun; what frameworks call the environment
 * @returns nothing where it does not tell, as on Workers; `null` where the connection has gone
 */
export function readHostPeer(request: Request, host: unknown): string | null | undefined {
  if (typeof host !== 'object' || host === null) return undefined;
  const { remoteAddr, incoming } = host as HostLike;
  const bun = [host as HostLike, (host as HostLike).server].find(
    (server) => typeof server?.requestIP === 'function',
  );
  const address =
    remoteAddr?.hostname ?? incoming?.socket?.remoteAddress ?? bun?.requestIP?.(request)?.address;
  if (typeof address === 'string') return address;
  return incoming?.socket?.destroyed === true ? null : undefined;
}
