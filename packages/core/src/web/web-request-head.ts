import type { RequestHead } from '../http/request-head.js';

/**
 * A view over a web-standard Request. Repeated headers arrive joined by a comma; the credentials reader knows that.
 *
 * @see RFC 9110 §5.3
 * @example
 * ```ts
 * import { WebRequestHead } from '@mcp-auth/core/web';
 *
 * const head = new WebRequestHead(new Request('https://api.example.com/mcp', { method: 'POST' }));
 * console.log(head.method, head.header('accept'));
 * ```
 */
export class WebRequestHead implements RequestHead {
  readonly #request: Request;

  constructor(request: Request) {
    this.#request = request;
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

  header(name: string): string | undefined {
    return this.#request.headers.get(name) ?? undefined;
  }
}
