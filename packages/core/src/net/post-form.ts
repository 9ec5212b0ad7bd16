import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { assertSecure, fault, type FetchFunction, readMediaType, readText } from './fetch-json.js';
import { describeFailure } from './system-failure.js';

export interface PostFormOptions {
  readonly fetch: FetchFunction;
  readonly maxBytes: number;
  readonly allowInsecure: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: URLSearchParams;
  readonly signal: AbortSignal;
}

/** An answer to a form, with any status. */
export interface FormAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly text: string;
}

/**
 * Sends a form with secrets in it, and reads the answer.
 *
 * Checks: https (or loopback), no redirect of any kind, with status 200 a body in UTF-8 within the limit. Does not check: status
 * and content.
 * Its errors hold nothing of what was sent, no matter what the fetch function put into its own.
 *
 * @throws {MCPAuthAuthServerError}
 */
export async function postForm(url: string, options: PostFormOptions): Promise<FormAnswer> {
  assertSecure(url, options.allowInsecure);
  const response = await send(url, options);
  if (isRedirect(response)) {
    await response.body?.cancel().catch(() => undefined);
    throw fault('redirect_refused', url, 'redirects; secrets are sent nowhere else');
  }
  const { status } = response;
  const reading = readText(url, response, options.maxBytes);
  // The page behind an error may be of any size; what counts is the status
  const text = await (status === 200 ? reading : reading.catch(() => ''));
  return { status, mediaType: readMediaType(response), text };
}

async function send(url: string, options: PostFormOptions): Promise<Response> {
  const headers = { ...options.headers, 'content-type': 'application/x-www-form-urlencoded' };
  const { signal } = options;
  try {
    const init = {
      method: 'POST',
      headers,
      body: options.body.toString(),
      redirect: 'manual',
      signal,
    } as const;
    return await options.fetch(url, init);
  } catch (error) {
    const { text, details } = describeFailure(error);
    throw new MCPAuthAuthServerError('request_failed', `${url} could not be reached${text}`, {
      details: { url, ...details },
    });
  }
}

/** A page in a browser sees a redirect as status 0. */
function isRedirect({ status, type }: Response): boolean {
  return (status >= 300 && status <= 399) || type === 'opaqueredirect';
}
