import { MCPAuthAuthServerError, type Unavailable } from '../errors/auth-server-error.js';
import { mayShareCalls } from '../net/fetch-json.js';
import { readFreshness } from '../net/freshness.js';
import type { Clock } from '../net/environment.js';
import { FailureBackoff } from '../net/retry-budget.js';
import type { DiscoveredMetadata } from './discover.js';

const bounds = { minimumMs: 60_000, maximumMs: 3_600_000 };

/**
 * Discovered metadata, fetched on first use, once for all who wait, and refreshed in the background when over-age
 * (RFC 8414 §3.2 leaves caching to HTTP). What was known stays in use until something newer arrives.
 */
export class MetadataSource {
  readonly #discover: () => Promise<DiscoveredMetadata>;
  readonly #now: Clock;
  readonly #onFault: (error: MCPAuthAuthServerError) => void;
  readonly #backoff: FailureBackoff;
  #current:
    | { readonly server: DiscoveredMetadata; readonly fetchedAt: number; readonly refreshAt: number }
    | undefined;
  #pending: Promise<void> | undefined;
  #lastError: MCPAuthAuthServerError | undefined;

  constructor(
    discover: () => Promise<DiscoveredMetadata>,
    now: Clock,
    onFault: (error: MCPAuthAuthServerError) => void,
  ) {
    this.#discover = discover;
    this.#now = now;
    this.#onFault = onFault;
    this.#backoff = new FailureBackoff(now);
  }

  /** @param now - a reading of the clock, where one was taken */
  get(now = this.#now()): DiscoveredMetadata | Promise<DiscoveredMetadata | Unavailable> {
    if (this.#current === undefined) return this.#first();
    const { fetchedAt, refreshAt } = this.#current;
    const isOverAge = now >= refreshAt || now < fetchedAt;
    if (!isOverAge || !this.#backoff.open) return this.#current.server;
    // On Workers nothing runs outside of a request, so the one that finds the document over-age waits
    if (!mayShareCalls()) return this.#first();
    void this.#refresh();
    return this.#current.server;
  }

  async #first(): Promise<DiscoveredMetadata | Unavailable> {
    if (this.#shared !== undefined || this.#backoff.open) await this.#refresh();
    const error =
      this.#lastError ??
      new MCPAuthAuthServerError('retry_later', 'The metadata must not be fetched again yet');
    return (
      this.#current?.server ?? {
        kind: 'unavailable',
        error,
        retryAfterSeconds: this.#backoff.retryAfterSeconds,
      }
    );
  }

  /** The fetch under way, where one request may wait for another's. */
  get #shared(): Promise<void> | undefined {
    return this.#pending !== undefined && mayShareCalls() ? this.#pending : undefined;
  }

  #refresh(): Promise<void> {
    if (this.#shared !== undefined) return this.#shared;
    this.#pending = this.#fetch().finally(() => (this.#pending = undefined));
    return this.#pending;
  }

  async #fetch(): Promise<void> {
    const startedAt = this.#now();
    try {
      const server = await this.#discover();
      const fetchedAt = this.#now();
      // What is missing may be there the next time
      const freshMs = server.isSpare === true ? bounds.minimumMs : readFreshness(server.headers, bounds);
      this.#current = { server, fetchedAt, refreshAt: fetchedAt + freshMs };
      this.#backoff.succeed();
    } catch (cause) {
      this.#lastError =
        cause instanceof MCPAuthAuthServerError
          ? cause
          : new MCPAuthAuthServerError('request_failed', 'The metadata could not be read', { cause });
      this.#backoff.fail(startedAt);
      this.#onFault(this.#lastError);
    }
  }
}
