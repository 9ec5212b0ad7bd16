/**
 * What was thrown, as an error.
 *
 * Anything can be thrown, and frameworks take some of it for consent: `next(undefined)` calls the next handler, and so do the
 * words "route" and "router" in Express. What is not an `Error` becomes the cause of one.
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
  if (thrown instanceof Error) return thrown;
  return new Error('Something that is not an Error was thrown while a request was authorized', {
    cause: thrown,
  });
}
