import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { fault } from './fault.js';

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
    throw new MCPAuthAuthServerError('request_failed', `${url} could not be fetched`, {
      cause: error,
      details: { url },
    });
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
}
