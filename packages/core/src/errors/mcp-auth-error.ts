import { documentationUrl } from './documentation.js';

/** JSON form of an {@link MCPAuthError}: safe to log, it never holds a token. */
export interface MCPAuthErrorJson {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  /** Where the code is explained. */
  readonly link: string;
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
 * `errors#<code>`, and `link` leads there. `message` names what to change. None ever holds a token or a part of one.
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
  /** The explanation of `code`. Node prints it with an error that nobody catches. */
  readonly link: string;
  /** Structured facts behind the message, for example the option path. */
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: Code, message: string, options: MCPAuthErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.link = documentationUrl('errors', code);
    this.details = options.details;
  }

  toJSON(): MCPAuthErrorJson {
    const base = { name: this.name, code: this.code, message: this.message, link: this.link };
    return this.details === undefined ? base : { ...base, details: this.details };
  }
}
