import { type AuthServerErrorCode, MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { describeText } from '../errors/describe-value.js';
import { hideUrlSecrets } from '../errors/shown-text.js';
import { isSecureUrl } from './secure-url.js';
import { describeFailure } from './system-failure.js';

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
  /** Media types to ask for in addition to `application/json`. */
  readonly mediaTypes?: readonly string[] | undefined;
  /** Allows plain http on hosts other than loopback. */
  readonly allowInsecure: boolean;
}

export interface FetchedJson {
  readonly body: unknown;
  /** The media type that came with it, where that is none of JSON. Empty where none came. */
  readonly otherMediaType: string | undefined;
  readonly headers: Headers;
}

const maxRedirects = 3;

/**
 * Gets one JSON document, with time, size and redirects bounded.
 *
 * Checks: https (or loopback), redirects only within the origin, status 200, valid UTF-8 JSON.
 * Does not check: what the document says, and which media type it has. Static hosts serve JSON as bytes or as text; an HTML page is not
 * JSON, no matter what it is called.
 *
 * @throws {MCPAuthAuthServerError} with the code of the first thing that went wrong.
 */
export async function fetchJson(url: string, options: FetchJsonOptions): Promise<FetchedJson> {
  try {
    return await withinTime(url, options.timeoutMs, (signal) => exchange(url, options, signal));
  } catch (error) {
    throw withoutRequest(error, url, options.headers);
  }
}

/** Headers may be a secret, and so may parts of a URL; what a fetch function throws may repeat them. */
function withoutRequest(error: unknown, url: string, headers: FetchJsonOptions['headers'] = {}): unknown {
  if (!(error instanceof MCPAuthAuthServerError) || error.cause === undefined) return error;
  if (Object.keys(headers).length === 0 && hideUrlSecrets(url) === url) return error;
  return new MCPAuthAuthServerError(error.code, error.message, { details: error.details });
}

async function exchange(url: string, options: FetchJsonOptions, signal: AbortSignal): Promise<FetchedJson> {
  const response = await follow(url, options, signal);
  if (response.status !== 200)
    throw fault('unexpected_status', url, `answered with status ${response.status}`, {
      status: response.status,
    });
  const mediaType = readMediaType(response);
  const otherMediaType = isJsonType(mediaType) ? undefined : mediaType;
  const body = await readJson(url, response, options.maxBytes, otherMediaType);
  return { body, headers: response.headers, otherMediaType };
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

async function readJson(
  url: string,
  response: Response,
  maxBytes: number,
  otherMediaType: string | undefined,
): Promise<unknown> {
  try {
    return parseJson(url, await readText(url, response, maxBytes));
  } catch (error) {
    if (otherMediaType === undefined || !(error instanceof MCPAuthAuthServerError)) throw error;
    if (error.code !== 'invalid_json') throw error;
    const type = otherMediaType === '' ? 'no Content-Type' : `Content-Type ${describeText(otherMediaType)}`;
    throw fault('unexpected_content_type', url, `did not answer with JSON, but with ${type}`, {
      mediaType: otherMediaType.slice(0, 100),
    });
  }
}

function parseJson(url: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw fault('invalid_json', url, 'answered with text that is not JSON');
  }
}

function isJsonType(mediaType: string): boolean {
  return mediaType === 'application/json' || mediaType.endsWith('+json');
}

function tryUrl(location: string, base: string): URL | undefined {
  try {
    return new URL(location, base);
  } catch {
    return undefined;
  }
}

/**
 * Whether one request may wait for what another request has begun. On Cloudflare Workers it must not: I/O belongs to the
 * request that started it, and ends with it.
 */
export function mayShareCalls(): boolean {
  const { navigator } = globalThis as { readonly navigator?: { readonly userAgent?: unknown } };
  return navigator?.userAgent !== 'Cloudflare-Workers';
}

/**
 * Runs one exchange with a URL, which fails when it takes too long. Anything it throws that says nothing of an authorization
 * server becomes `request_failed`.
 *
 * @throws {MCPAuthAuthServerError}
 */
export async function withinTime<T>(
  url: string,
  timeoutMs: number,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Not every fetch that is passed in minds its signal, so the time limit does not depend on that
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      controller.abort();
      reject(new Error('timeout'));
    }, timeoutMs);
  });
  try {
    return await Promise.race([run(controller.signal), timeout]);
  } catch (error) {
    if (controller.signal.aborted) {
      throw fault('request_timeout', url, `did not answer within ${timeoutMs} ms`);
    }
    if (error instanceof MCPAuthAuthServerError) throw error;
    const { text, details } = describeFailure(error);
    throw new MCPAuthAuthServerError('request_failed', `${url} could not be fetched${text}`, {
      cause: error,
      details: { url, ...details },
    });
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}

/** The media type of a response, in lower case and without parameters. */
export function readMediaType(response: Response): string {
  return (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/**
 * Reads a body as UTF-8, up to a limit.
 *
 * @throws {MCPAuthAuthServerError} `response_too_large`, `invalid_json`
 */
export async function readText(url: string, response: Response, maxBytes: number): Promise<string> {
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
    throw fault('invalid_json', url, 'answered with bytes that are not UTF-8');
  }
}

/** An error that begins with the URL that was asked. */
export function fault(
  code: AuthServerErrorCode,
  url: string,
  problem: string,
  facts?: { readonly status?: number; readonly mediaType?: string },
): MCPAuthAuthServerError {
  return new MCPAuthAuthServerError(code, `${url} ${problem}`, { details: { url, ...facts } });
}

/** @throws {MCPAuthAuthServerError} `insecure_url` */
export function assertSecure(url: string, allowInsecure: boolean): void {
  if (isSecureUrl(url, allowInsecure)) return;
  throw fault(
    'insecure_url',
    url,
    'is not https. Authorization servers must be reached over TLS (OAuth 2.1 §1.5); allowInsecureHttp lifts this in test networks',
  );
}
