// Generated from src/sources by pnpm codegen. Do not edit.

/** Error answer of an authorization server (RFC 6749). */
export interface OAuthErrorBody {
  /**
   * Registered error code.
   *
   * @see RFC 6749 section 5.2
   */
  error: string;
  /**
   * Explanation for developers.
   *
   * @see RFC 6749 section 5.2
   */
  error_description?: string;
  /**
   * Page about the error.
   *
   * @see RFC 6749 section 5.2
   */
  error_uri?: string;
  [other: string]: unknown;
}
