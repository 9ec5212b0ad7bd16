/** Why the practice issuer does not start. */
export type DevIssuerErrorCode =
  /** `NODE_ENV` is `production`. */
  | 'production'
  /** An option that does not exist, or a value that cannot be used. */
  | 'invalid_option'
  /** The port is in use, or may not be used. */
  | 'port_unavailable'
  /** The folder for keys and tokens belongs to somebody else, or cannot be read or written. */
  | 'folder_unusable';

/**
 * The practice issuer does not start, and why in one sentence.
 *
 * @see {@link startDevIssuer}
 * @example
 * ```ts
 * import { DevIssuerError, startDevIssuer } from '@mcp-auth/dev-issuer';
 *
 * const issuer = await startDevIssuer().catch((error: unknown) => {
 *   if (error instanceof DevIssuerError && error.code === 'port_unavailable') return startDevIssuer({ port: 0 });
 *   throw error;
 * });
 * await issuer.close();
 * ```
 */
export class DevIssuerError extends Error {
  override readonly name = 'DevIssuerError';
  readonly code: DevIssuerErrorCode;

  constructor(code: DevIssuerErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
