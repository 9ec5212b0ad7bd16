import { GoneListeners } from '../http/gone-listeners.js';
import { readPeerCertificate } from '../http/peer-certificate.js';
import type { RequestHead } from '../http/request-head.js';

/** The members of Node's `IncomingMessage` that are read. */
export interface NodeRequestLike {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express keeps the target here; its routers cut the mount path off `url`. */
  readonly originalUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly rawHeaders: readonly string[];
  readonly socket?: (Partial<Closing> & { readonly remoteAddress?: string | undefined }) | null | undefined;
  /** HTTP/2: one connection has many. */
  readonly stream?: (Partial<Closing> & { readonly session?: object | null | undefined }) | undefined;
}

/** What tells that it was closed. */
interface Closing {
  readonly destroyed: boolean;
  once(event: 'close', listener: () => void): unknown;
  removeListener(event: 'close', listener: () => void): unknown;
}

/** Those that Fetch knows in any case; for all others it counts (RFC 9110 §9.1). */
const knownMethods: ReadonlySet<string> = new Set(['GET', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PUT']);

/** HTTP/2 lets `get` through, which servers that make a web-standard Request of it route as `GET`. */
function toMethod(method: string): string {
  if (knownMethods.has(method)) return method;
  const upper = method.toUpperCase();
  return knownMethods.has(upper) ? upper : method;
}

/**
 * A view over a Node request.
 *
 * @see RFC 9110 §5.3
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { NodeRequestHead } from '@mcp-auth/core/node';
 *
 * createServer((request, response) => {
 *   const head = new NodeRequestHead(request);
 *   console.log(head.clientCertificate() === undefined ? 'no certificate' : 'a certificate');
 *   const stop = head.whenGone(() => console.log('the client left'));
 *   response.end(head.header('user-agent'), stop);
 * });
 * ```
 */
export class NodeRequestHead implements RequestHead {
  readonly #request: NodeRequestLike;
  #gone: GoneListeners | undefined;

  constructor(request: NodeRequestLike) {
    this.#request = request;
  }

  get method(): string {
    return toMethod(this.#request.method ?? 'GET');
  }

  get target(): string {
    return this.#request.originalUrl ?? this.#request.url ?? '/';
  }

  get host(): string | undefined {
    return this.header('host') ?? this.header(':authority');
  }

  get rawHeaders(): readonly string[] {
    return this.#request.rawHeaders;
  }

  /** A socket that was destroyed has no address any more; one in the file system never had any. */
  get peer(): string | null | undefined {
    const { socket } = this.#request;
    return socket?.remoteAddress ?? (socket?.destroyed === true ? null : undefined);
  }

  /**
   * Of the TLS connection; over HTTP/2 that of the session.
   *
   * @see {@link RequestHead.clientCertificate}
   */
  clientCertificate(): Uint8Array | undefined {
    const { socket, stream } = this.#request;
    // Over HTTP/2 each request has its own view over the socket
    return socket ? readPeerCertificate(socket, stream?.session ?? socket) : undefined;
  }

  header(name: string): string | undefined {
    const value = this.#request.headers[name];
    return typeof value === 'object' ? value.join(', ') : value;
  }

  /**
   * A request closes when its body is read; only what carries it tells that the client has left.
   *
   * @see {@link RequestHead.whenGone}
   */
  whenGone(listener: () => void): () => void {
    const carrier = this.#request.stream ?? this.#request.socket;
    if (carrier?.destroyed === true) listener();
    this.#gone ??= new GoneListeners((tell) => {
      carrier?.once?.('close', tell);
      return () => void carrier?.removeListener?.('close', tell);
    });
    return this.#gone.add(listener);
  }
}
