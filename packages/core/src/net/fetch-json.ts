import { assertSecure, fault } from './fault.js';
import { readMediaType, readText } from './read-text.js';
import { withinTime } from './within-time.js';

/** The part of `fetch` that is used here; inject one for tests, proxies or platforms that block self-fetches. */
export type FetchFunction = (url: string, init: FetchInit) => Promise<Response>;

/** The platform's `fetch`, looked up at call time and called without a receiver, as Workers demand. */
export const platformFetch: FetchFunction = (url, init) => globalThis.fetch(url, init);

export interface FetchInit {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** Form-encoded; for introspection only, and it holds secrets then. */
  readonly body?: string;
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
  return withinTime(url, options.timeoutMs, (signal) => exchange(url, options, signal));
}

async function exchange(url: string, options: FetchJsonOptions, signal: AbortSignal): Promise<FetchedJson> {
  const response = await follow(url, options, signal);
  const body = await readJson(url, response, options.maxBytes);
  return { body, headers: response.headers };
}

async function follow(start: string, options: FetchJsonOptions, signal: AbortSignal): Promise<Response> {
  let url = start;
  for (let hop = 0; hop <= maxRedirects; hop++) {
    assertSecure(url, options.allowInsecure);
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
  const mediaType = readMediaType(response);
  if (mediaType !== 'application/json' && !mediaType.endsWith('+json')) {
    throw fault('unexpected_content_type', url, 'did not answer with JSON');
  }
  const text = await readText(url, response, maxBytes);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw fault('invalid_json', url, 'answered with text that is no JSON');
  }
}

function tryUrl(location: string, base: string): URL | undefined {
  try {
    return new URL(location, base);
  } catch {
    return undefined;
  }
}
