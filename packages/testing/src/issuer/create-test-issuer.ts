import type { FetchInit } from '@mcp-auth/core';
import { checkIssuer, Issuer } from './issuer.js';
import type { InProcessTestIssuer, TestIssuerConfig, TestIssuerOptions } from './test-issuer.js';

/** How an issuer without a socket is set up. */
export interface InProcessTestIssuerOptions extends TestIssuerOptions {
  /** Issuer identifier. Default: `https://issuer.test`. */
  readonly issuer?: string | undefined;
}

/**
 * Makes an authorization server in the process of the test: no socket, no port, nothing to wait for.
 *
 * The server under test reaches it by the options `fetch` and `authorizationServers` of `new MCPAuth`, both in `mcpAuthOptions`. Where the
 * server cannot be given options, start one that listens: {@link startTestIssuer}.
 *
 * Does not check: logins. It has none; the test says whom a token is for.
 *
 * @throws {Error} with `NODE_ENV=production`
 * @throws {TypeError} for an option that it does not know
 * @see RFC 8414 §2
 * @example
 * ```ts
 * import { MCPAuth } from '@mcp-auth/core/fetch';
 * import { createTestIssuer } from '@mcp-auth/testing';
 *
 * const resource = 'https://api.example.com/mcp';
 * const issuer = createTestIssuer({ audience: resource });
 * const mcpAuth = new MCPAuth({ resource, ...issuer.mcpAuthOptions });
 * const server = mcpAuth.protect({ fetch: () => new Response('Hello') });
 *
 * const token = await issuer.mintToken({ subject: 'alice', scopes: ['notes:read'] });
 * const headers = { authorization: `Bearer ${token}` };
 * console.log((await server.fetch(new Request(resource, { headers }))).status);
 * ```
 */
export function createTestIssuer(options: InProcessTestIssuerOptions = {}): InProcessTestIssuer {
  checkIssuer('createTestIssuer', options, ['issuer']);
  return new InProcessIssuer(options);
}

class InProcessIssuer extends Issuer implements InProcessTestIssuer {
  readonly #closed = new AbortController();

  constructor({ issuer = 'https://issuer.test', ...options }: InProcessTestIssuerOptions) {
    super(issuer, options);
  }

  override get mcpAuthOptions(): TestIssuerConfig {
    return { ...super.mcpAuthOptions, fetch: this.fetch };
  }

  readonly fetch = async (url: string, init: Partial<FetchInit> = {}): Promise<Response> => {
    const { origin, pathname } = new URL(url);
    if (origin !== new URL(this.issuer).origin) {
      throw new TypeError(`The test issuer at ${this.issuer} was asked for another origin, ${origin}.`);
    }
    const signals = [this.#closed.signal, ...(init.signal === undefined ? [] : [init.signal])];
    const signal = AbortSignal.any(signals);
    const headers = new Headers(init.headers);
    const answer = this.answer({
      method: init.method ?? 'GET',
      path: pathname,
      authorization: headers.get('authorization') ?? undefined,
      body: init.body ?? '',
    });
    // As a network: never in the same turn
    await wait(this.behaviour.delayMs, signal);
    switch (answer.kind) {
      case 'answer':
        return new Response(answer.body, { status: answer.status, headers: answer.headers });
      case 'closes':
        throw new TypeError('fetch failed', { cause: new Error('The test issuer is down') });
      case 'hangs':
        return wait(undefined, signal);
    }
  };

  async close(): Promise<void> {
    this.#closed.abort(new Error('The test issuer was closed'));
    return Promise.resolve();
  }
}

/** So long, or for ever; rejects when the signal says so. */
function wait(milliseconds: undefined, signal: AbortSignal): Promise<never>;
function wait(milliseconds: number, signal: AbortSignal): Promise<void>;
function wait(milliseconds: number | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = milliseconds === undefined ? undefined : setTimeout(done, milliseconds);
    const end = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    function done(): void {
      signal.removeEventListener('abort', end);
      resolve();
    }
    signal.addEventListener('abort', end, { once: true });
  });
}
