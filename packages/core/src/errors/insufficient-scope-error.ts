import { describeBearerAuthError, MCPAuthBearerAuthError } from './bearer-auth-error.js';

/** The facts of a {@link MCPAuthInsufficientScopeError}. */
export interface InsufficientScope {
  /** 403; 401 for a caller without a token. */
  readonly status: 401 | 403;
  /** Scopes that the challenge names. */
  readonly scopes: readonly string[];
  /** Value of a `WWW-Authenticate` field (RFC 6750 §3). */
  readonly challenge: string;
}

/** A tool result that says no and carries the challenge. Assignable to `CallToolResult` of the official SDK. */
export interface InsufficientScopeResult {
  isError: true;
  content: { type: 'text'; text: string }[];
  /** `mcp/www_authenticate` is where clients such as ChatGPT look for a challenge inside a result. */
  _meta: { 'mcp/www_authenticate': string[] };
  [member: string]: unknown;
}

/**
 * A handler needs more scopes than the caller's token covers.
 *
 * Message, JSON form and tool result hold the challenge and nothing of the token: all are safe to show to the client. The
 * `code` is `insufficient_scope`, or `missing_credentials` for a caller without a token.
 */
export class MCPAuthInsufficientScopeError extends MCPAuthBearerAuthError {
  override readonly name = 'MCPAuthInsufficientScopeError';
  /** What the request is answered with as long as its response has not begun. */
  readonly status: 401 | 403;
  /** Scopes that the challenge names. */
  readonly scopes: readonly string[];
  /** The challenge, as in a `WWW-Authenticate` field. */
  readonly challenge: string;

  constructor({ status, scopes, challenge }: InsufficientScope) {
    const code = status === 403 ? 'insufficient_scope' : 'missing_credentials';
    // The official SDK makes a tool error of the message, and of nothing else
    super(code, `${describeBearerAuthError(code)}. WWW-Authenticate: ${challenge}`, {
      details: { status, scopes, challenge },
    });
    this.status = status;
    this.scopes = scopes;
    this.challenge = challenge;
  }

  /**
   * The refusal as the result of a tool, for a handler that catches the error. It is what the client sees where the
   * response has begun; before that, the answer is the HTTP refusal whatever the handler returns.
   */
  toToolResult(): InsufficientScopeResult {
    return {
      isError: true,
      content: [{ type: 'text', text: this.message }],
      _meta: { 'mcp/www_authenticate': [this.challenge] },
    };
  }
}
