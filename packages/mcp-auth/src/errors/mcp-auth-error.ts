/**
 * Base of every error of this package. The codes are those of version 0.2; what clients are told are the codes of the RFCs.
 *
 * @see {@link MCPAuthAuthServerError}
 * @example
 * ```ts
 * import { MCPAuthError } from 'mcp-auth';
 *
 * export const describe = (error: unknown) =>
 *   error instanceof MCPAuthError ? JSON.stringify(error.toJson()) : 'something else';
 * ```
 */
export class MCPAuthError extends Error {
  override name = 'MCPAuthError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }

  /**
   * A plain object with `error` and `errorDescription`.
   *
   * @param showCause - adds `cause`. Default: false, because a cause may hold what clients should not see.
   */
  toJson(showCause = false): Record<string, unknown> {
    return dropUndefined({
      error: this.code,
      errorDescription: this.message,
      cause: showCause ? (this.cause ?? undefined) : undefined,
    });
  }
}

/**
 * Something the developer has to fix, or a document that could not be fetched.
 *
 * @see {@link MCPAuthError}
 * @example
 * ```ts
 * import { MCPAuthConfigError } from 'mcp-auth';
 *
 * export const describe = (error: unknown) =>
 *   error instanceof MCPAuthConfigError ? JSON.stringify(error.toJson()) : 'something else';
 * ```
 */
export class MCPAuthConfigError extends MCPAuthError {
  override name = 'MCPAuthConfigError';
}

export function dropUndefined(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
