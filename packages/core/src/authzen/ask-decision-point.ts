import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { isPlain } from '../errors/plain-object.js';
import { hideUrlSecrets } from '../errors/shown-text.js';
import { type FetchFunction, type FetchInit, readMediaType, readText } from '../net/fetch-json.js';
import { describeFailure } from '../net/system-failure.js';
import { PolicyUnavailableError } from '../policy/policy-unavailable-error.js';

/** How a decision point is asked. */
export interface AskOptions {
  readonly fetch: FetchFunction;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxResponseBytes: number;
  /** Sends `X-Request-ID`, and holds the answer to it. */
  readonly requestIds: boolean;
}

/**
 * Sends a question as JSON, or gets a document, and reads a JSON object.
 *
 * Checks: status 200, no redirect, `application/json`, UTF-8, size, an object at the top. A status is never a decision about the user, 401
 * and 403 neither: they are about this server.
 * Its errors hold nothing of what was sent, no matter what the fetch function put into its own.
 *
 * @param question - nothing to get a document
 * @throws {PolicyUnavailableError}
 * @see AuthZEN Authorization API 1.0 §10
 */
export async function askDecisionPoint(
  url: string,
  question: object | undefined,
  { fetch, headers, maxResponseBytes, requestIds }: AskOptions,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const requestId = requestIds ? crypto.randomUUID() : undefined;
  const sent = {
    ...headers,
    accept: 'application/json',
    ...(question === undefined ? undefined : { 'content-type': 'application/json' }),
    ...(requestId === undefined ? undefined : { 'x-request-id': requestId }),
  };
  const init = { headers: sent, redirect: 'manual', signal } as const;
  const body = question === undefined ? undefined : JSON.stringify(question);
  const request =
    body === undefined ? { ...init, method: 'GET' as const } : { ...init, method: 'POST' as const, body };
  const response = await send(url, fetch, request);
  const problem = findProblem(response, requestId);
  if (problem !== undefined) {
    await response.body?.cancel().catch(() => undefined);
    throw unusable(url, problem, readRetryAfter(response));
  }
  return parse(url, await read(url, response, maxResponseBytes));
}

async function send(url: string, fetch: FetchFunction, init: FetchInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw unusable(url, `cannot be reached${describeFailure(cause).text}`);
  }
}

function findProblem(response: Response, requestId: string | undefined): string | undefined {
  const { status, type } = response;
  // A page in a browser sees a redirect as status 0
  if ((status >= 300 && status <= 399) || type === 'opaqueredirect')
    return 'redirects, which is not followed';
  if (status === 401 || status === 403)
    return `refused the credentials of this server (status ${status}). Correct \`headers\``;
  if (status !== 200) return `answered with status ${status}`;
  if (readMediaType(response) !== 'application/json') return 'did not answer with application/json';
  const repeated = response.headers.get('x-request-id');
  // The decision point must return the same one; an answer with another is somebody else's
  return requestId === undefined || repeated === null || repeated === requestId
    ? undefined
    : 'answered another X-Request-ID than it was sent';
}

function readRetryAfter({ headers }: Response): number | undefined {
  const value = headers.get('retry-after') ?? '';
  return /^\d{1,5}$/.test(value) ? Number(value) : undefined;
}

async function read(url: string, response: Response, maxBytes: number): Promise<string> {
  try {
    return await readText(url, response, maxBytes);
  } catch (cause) {
    const code = cause instanceof MCPAuthAuthServerError ? cause.code : undefined;
    if (code === 'response_too_large') throw unusable(url, `answered with more than ${maxBytes} bytes`);
    if (code === 'invalid_json') throw unusable(url, 'answered with bytes that are not UTF-8');
    throw unusable(url, `broke off its answer${describeFailure(cause).text}`);
  }
}

function parse(url: string, text: string): Readonly<Record<string, unknown>> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw unusable(url, 'answered with text that is not JSON');
  }
  if (!isPlain(body)) throw unusable(url, 'did not answer with a JSON object');
  return body as Readonly<Record<string, unknown>>;
}

/** An error that begins with the URL that was asked. */
export function unusable(url: string, problem: string, retryAfterSeconds?: number): PolicyUnavailableError {
  return new PolicyUnavailableError(`${hideUrlSecrets(url)} ${problem}.`, { retryAfterSeconds });
}
