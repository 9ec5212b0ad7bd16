/** JSON form of an {@link MCPAuthError}: safe to log, it never holds a token. */
export interface MCPAuthErrorJson {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface MCPAuthErrorOptions {
  readonly cause?: unknown;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Base of every error this library throws or reports.
 *
 * `code` is stable and meant for `switch`; it is also the anchor of its explanation on the documentation's page of errors:
 * `errors#<code>`. `message` names what to change. Neither ever holds a token or a part of one.
 *
 * @see {@link MCPAuthErrorJson}
 * @example
 * ```ts
 * import { MCPAuthError } from '@mcp-auth/core';
 *
 * const toLogLine = (error: unknown) =>
 *   error instanceof MCPAuthError ? JSON.stringify(error.toJSON()) : String(error);
 * ```
 */
export class MCPAuthError<Code extends string = string> extends Error {
  override readonly name: string = 'MCPAuthError';
  readonly code: Code;
  /** Structured facts behind the message, for example the option path. */
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: Code, message: string, options: MCPAuthErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
  }

  toJSON(): MCPAuthErrorJson {
    const base = { name: this.name, code: this.code, message: this.message };
    return this.details === undefined ? base : { ...base, details: this.details };
  }
}
