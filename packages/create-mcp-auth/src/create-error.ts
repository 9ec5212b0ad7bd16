/** Why a project was not written. `code` is for programs, the message for the person at the terminal. */
export type CreateProjectErrorCode = 'unknown_option' | 'invalid_option' | 'file_exists';

/**
 * A project was not written, and neither was any part of it.
 *
 * @see {@link https://github.com/mcp-auth/mcp-auth/blob/main/docs/guide/create.md | Create a server}
 * @example
 * ```ts
 * import { createProject, CreateProjectError } from 'create-mcp-auth';
 *
 * try {
 *   await createProject({ folder: 'notes', framework: 'hono' });
 * } catch (error) {
 *   if (!(error instanceof CreateProjectError) || error.code !== 'file_exists') throw error;
 *   console.log('There is a project already.');
 * }
 * ```
 */
export class CreateProjectError extends Error {
  override readonly name = 'CreateProjectError';

  constructor(
    readonly code: CreateProjectErrorCode,
    message: string,
  ) {
    super(message);
  }
}
