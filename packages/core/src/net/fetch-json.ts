import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { isSecureUrl } from './secure-url.js';

/** The part of `fetch` that is used here; inject one for tests, proxies or platforms that block self-fetches. */
export type FetchFunction = (url: string, init: FetchInit) => Promise<Response>;

/** The platform's `fetch`, looked up at call time and called without a receiver, as Workers demand. */
export const platformFetch: FetchFunction = (url, init) => globalThis.fetch(url, init);

export interface FetchInit {
  readonly method: 'GET';
  readonly headers: Readonly<Record<string, string>>;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

export interface FetchJsonOptions {
  readonly fetch: FetchFunction;
  /** For the whole exchange, body included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Media types that count as JSON beside `application/json`. */
  readonly mediaTypes?: readonly string[] | undefined;
  /** Allows plain http on hosts other than loopback. */
  readonly allowInsecure: boolean;
}

export interface FetchedJson {
  readonly body: unknown;
  readonly headers: Headers;
}

const maxRedirects = 3;

/**
 * Gets one JSON document, with time, size and redirects bounded.
 *
 * Checks: https (or loopback), redirects only within the origin, status 200, a JSON media type, valid UTF-8 JSON.
 * Does not check: what the document says.
 *
 * @throws {MCPAuthAuthServerError} with the code of the first thing that went wrong.
 */
export async function fetchJson(url: string, options: FetchJsonOptions): Promise<FetchedJson> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Not every fetch that is passed in minds its signal, so the time limit does not depend on that
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      controller.abort();
      reject(new Error('timeout'));
    }, options.timeoutMs);
  });
  try {
    return await Promise.race([exchange(url, options, controller.signal), timeout]);
  } catch (error) {
    if (controller.signal.aborted) {
      throw new MCPAuthAuthServerError(
        'request_timeout',
        `${url} did not answer within ${options.timeoutMs} ms`,
        { details: { url } },
      );
    }
    if (error instanceof MCPAuthAuthServerError) throw error;
    throw new MCPAuthAuthServerError('request_failed', `${url} could not be fetched`, {
      cause: error,
      details: { url },
    });
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

async function exchange(url: string, options: FetchJsonOptions, signal: AbortSignal): Promise<FetchedJson> {
  const response = await follow(url, options, signal);
  const body = await readJson(url, response, options.maxBytes);
  return { body, headers: response.headers };
}

async function follow(start: string, options: FetchJsonOptions, signal: AbortSignal): Promise<Response> {
  let url = start;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    if (!isSecureUrl(url, options.allowInsecure)) {
      throw fault(
        'insecure_url',
        url,
        'is not https. Authorization servers must be reached over TLS (OAuth 2.1 §1.5)',
      );
    }
    const headers = {
      accept: ['application/json', ...(options.mediaTypes ?? [])].join(', '),
      ...options.headers,
    };
    const response = await options.fetch(url, { method: 'GET', headers, redirect: 'manual', signal });
    if (response.status < 300 || response.status > 399) return response;
    const location = response.headers.get('location');
    const target = location === null ? undefined : tryUrl(location, url);
    if (target === undefined || target.origin !== new URL(start).origin) {
      throw fault('redirect_refused', url, 'redirects to another origin');
    }
    url = target.href;
  }
  throw fault('redirect_refused', start, `redirects more than ${maxRedirects} times`);
}

async function readJson(url: string, response: Response, maxBytes: number): Promise<unknown> {
  if (response.status !== 200)
    throw fault('unexpected_status', url, `answered with status ${response.status}`);
  const mediaType = (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (mediaType !== 'application/json' && !mediaType.endsWith('+json')) {
    throw fault('unexpected_content_type', url, 'did not answer with JSON');
  }
  const text = await readBounded(url, response, maxBytes);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw fault('invalid_json', url, 'answered with text that is no JSON');
  }
}

async function readBounded(url: string, response: Response, maxBytes: number): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let size = 0;
  let text = '';
  for (;;) {
    const chunk = await reader.read();
    if (chunk.done) break;
    size += chunk.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw fault('response_too_large', url, `answered with more than ${maxBytes} bytes`);
    }
    text += decode(url, () => decoder.decode(chunk.value, { stream: true }));
  }
  return text + decode(url, () => decoder.decode());
}

function decode(url: string, run: () => string): string {
  try {
    return run();
  } catch {
    throw fault('invalid_json', url, 'answered with bytes that are no UTF-8');
  }
}

function tryUrl(location: string, base: string): URL | undefined {
  try {
    return new URL(location, base);
  } catch {
    return undefined;
  }
}

type Fault = ConstructorParameters<typeof MCPAuthAuthServerError>[0];

function fault(code: Fault, url: string, problem: string): MCPAuthAuthServerError {
  return new MCPAuthAuthServerError(code, `${url} ${problem}`, { details: { url } });
}
