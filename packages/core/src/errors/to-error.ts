/**
 * What was thrown, as an error.
 *
 * Anything can be thrown, and frameworks take some of it for consent: `next(undefined)` calls the next handler, and so do the
 * words "route" and "router" in Express. What is not an `Error` becomes the cause of one.
 *
 * Frameworks also answer with any status that an error names, or its cause: an error that was made of a response of
 * an authorization server would turn a failed request into a 200, or a 401 without a challenge. One that names a status which is
 * none of an error, or whose cause alone names one, becomes the cause of an error with status 500.
 *
 * *Does not check* what else an error handler reads: an error that names 404 itself is answered so.
 *
 * @see {@link runGate}
 * @example
 * ```ts
 * import { toError } from '@mcp-auth/core/adapter';
 *
 * export function run(work: () => void, next: (error: Error) => void) {
 *   try {
 *     work();
 *   } catch (thrown) {
 *     next(toError(thrown));
 *   }
 * }
 * ```
 */
export function toError(thrown: unknown): Error {
  if (!(thrown instanceof Error))
    return failure('Something that is not an Error was thrown while a request was authorized', thrown);
  if (mayMislead(thrown))
    return failure(
      'An error with a status that is not its own was thrown while a request was authorized',
      thrown,
    );
  return thrown;
}

/** Names a status: that of its cause counts only where there is none. */
function failure(message: string, cause: unknown): Error {
  return Object.assign(new Error(message, { cause }), { status: 500, statusCode: 500 });
}

function mayMislead(error: Error): boolean {
  try {
    const own = statusesOf(error);
    return own.length === 0 ? statusesOf(error.cause).length > 0 : !own.every(isOfError);
  } catch {
    // Nor may a framework look at it
    return true;
  }
}

function statusesOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const { status, statusCode } = value as { readonly status?: unknown; readonly statusCode?: unknown };
  return [status, statusCode].filter((found) => found !== undefined);
}

function isOfError(status: unknown): boolean {
  return Number(status) >= 400 && Number(status) < 600;
}
