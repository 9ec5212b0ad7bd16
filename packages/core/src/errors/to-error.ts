/**
 * What was thrown, as an error.
 *
 * Anything can be thrown, and frameworks take some of it for consent: `next(undefined)` calls the next handler, and so do the
 * words "route" and "router" in Express. What is not an `Error` becomes the cause of one.
 *
 * Frameworks also answer with any status that an error names, or its cause: an error made of the answer of another server would turn
 * a failed request into a 200, or into a 401, which must have a challenge (RFC 9110 §15.5.2) and would send clients to log in again.
 * An error that names 401, or a status which is none of an error, or whose cause alone names one, becomes the cause of an error with
 * status 500.
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
  try {
    if (thrown instanceof Error && !mayMislead(thrown)) return thrown;
  } catch {
    // What cannot be looked at, such as a revoked proxy, is for no framework to look at either
  }
  // Names a status: that of its cause counts only where there is none
  return Object.assign(new Error(message, { cause: thrown }), { status: 500, statusCode: 500 });
}

const message =
  'While a request was authorized, something was thrown that cannot be the answer: it is not an Error, or names a status that is not its own to give. ' +
  'To refuse a token throw MCPAuthTokenVerificationError; what was thrown is the cause';

function mayMislead(error: Error): boolean {
  const own = statusesOf(error);
  return own.length === 0 ? statusesOf(error.cause).length > 0 : !own.every(isAnswerable);
}

function statusesOf(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const { status, statusCode } = value as { readonly status?: unknown; readonly statusCode?: unknown };
  return [status, statusCode].filter((found) => found !== undefined);
}

function isAnswerable(status: unknown): boolean {
  return Number(status) >= 400 && Number(status) < 600 && Number(status) !== 401;
}
