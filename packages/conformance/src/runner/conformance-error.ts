/**
 * A subject that does not show what a case demands. Its message has no token.
 *
 * @see {@link registerConformance}
 * @example
 * ```ts
 * import { ConformanceError } from '@mcp-auth/conformance';
 *
 * export const tell = (error: unknown) => {
 *   if (error instanceof ConformanceError) console.error(error.failures.join('\n'));
 * };
 * ```
 */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';
  readonly failures: readonly string[];

  constructor(subject: string, id: string, failures: readonly string[]) {
    super([`${subject}: ${id}`, ...failures].join('\n  '));
    this.failures = failures;
  }
}
