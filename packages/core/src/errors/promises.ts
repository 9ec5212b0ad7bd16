/** Whether a function is declared as `async`: one that returns a promise in another way cannot be told. */
export function isAsync(value: object): boolean {
  return /^Async/.test(Object.prototype.toString.call(value).slice('[object '.length));
}

/** Whether somebody forgot to wait for a value. */
export function isPromise(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

/**
 * For a promise that came where none is waited for, of any realm or library: its rejection must not end the process.
 *
 * @see {@link EventSink}
 * @example
 * ```ts
 * import { ignoreRejection } from '@mcp-auth/core/adapter';
 *
 * export const notify = (listener: () => unknown) => ignoreRejection(listener());
 * ```
 */
export function ignoreRejection(value: unknown): void {
  try {
    if (isPromise(value)) new Promise((resolve) => resolve(value)).catch(() => undefined);
  } catch {
    // What cannot even be looked at rejects nothing
  }
}
