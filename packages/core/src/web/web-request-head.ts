import { GoneListeners } from '../http/gone-listeners.js';
import type { ClientCertificate } from '../http/peer-certificate.js';
import type { RequestHead } from '../http/request-head.js';
import { readHostCertificate } from './read-host-certificate.js';
import { readHostPeer } from './read-host-peer.js';

/**
 * A view over a web-standard Request. Repeated headers arrive joined by a comma; the credentials reader knows that.
 *
 * @see RFC 9110 §5.3
 * @example
 * ```ts
 * import { WebRequestHead } from '@mcp-auth/core/web';
 *
 * const head = new WebRequestHead(new Request('https://api.example.com/mcp', { method: 'POST' }));
 * const stop = head.whenGone(() => console.log('the client left'));
 * console.log(head.clientCertificate() === undefined ? 'no certificate' : 'a certificate');
 * console.log(head.method, head.header('accept'));
 * stop();
 * ```
 */
export class WebRequestHead implements RequestHead {
  readonly #request: Request;
  readonly #host: unknown;
  #gone: GoneListeners | undefined;

  /** @param host - what the runtime hands to a handler with the request, if it does; it may know the peer */
  constructor(request: Request, host?: unknown) {
    this.#request = request;
    this.#host = host;
  }

  get method(): string {
    return this.#request.method;
  }

  /** `Request.url` is absolute; only path and query count. */
  get target(): string {
    return this.#request.url;
  }

  get host(): string | undefined {
    return this.header('host') ?? new URL(this.#request.url).host;
  }

  get rawHeaders(): undefined {
    return undefined;
  }

  get peer(): string | null | undefined {
    return readHostPeer(this.#request, this.#host);
  }

  /**
   * On Workers, and on `@hono/node-server`.
   *
   * @see {@link RequestHead.clientCertificate}
   */
  clientCertificate(): ClientCertificate | undefined {
    return readHostCertificate(this.#request, this.#host);
  }

  header(name: string): string | undefined {
    return this.#request.headers.get(name) ?? undefined;
  }

  /**
   * By the signal of the request.
   *
   * @see {@link RequestHead.whenGone}
   */
  whenGone(listener: () => void): () => void {
    const { signal } = this.#request;
    if (signal.aborted) listener();
    this.#gone ??= new GoneListeners((tell) => {
      signal.addEventListener('abort', tell, { once: true });
      return () => signal.removeEventListener('abort', tell);
    });
    return this.#gone.add(listener);
  }
}
