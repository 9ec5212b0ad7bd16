import { MCPAuthError, type MCPAuthErrorOptions } from './mcp-auth-error.js';

/** What the header says about a request whose token nobody can judge, and the scopes of one whose token is good. */
export type CredentialErrorCode =
  | 'missing_credentials'
  | 'unsupported_scheme'
  | 'malformed_credentials'
  | 'repeated_credentials'
  | 'insufficient_scope';

/** Why a request was refused although no token had to be judged, or although its token was good. */
export type BearerAuthErrorCode =
  | CredentialErrorCode
  | 'too_many_attempts'
  | 'unreadable_body'
  | 'unknown_operation'
  | 'refused_operation'
  | 'policy_denied'
  | 'policy_unavailable'
  | 'insufficient_user_authentication'
  | 'operation_failed';

/**
 * A request whose credentials are absent, malformed or insufficient.
 *
 * @see RFC 6750 §3.1
 * @example
 * ```ts
 * import { MCPAuthBearerAuthError } from '@mcp-auth/core';
 *
 * const describe = (error: unknown) => (error instanceof MCPAuthBearerAuthError ? error.code : 'something else');
 * ```
 */
export class MCPAuthBearerAuthError extends MCPAuthError<BearerAuthErrorCode> {
  override readonly name: string = 'MCPAuthBearerAuthError';

  constructor(code: BearerAuthErrorCode, message?: string, options: MCPAuthErrorOptions = {}) {
    super(code, message ?? describeBearerAuthError(code), options);
  }
}

const descriptions: Readonly<Record<BearerAuthErrorCode, string>> = {
  missing_credentials: 'This resource requires an access token',
  unsupported_scheme: 'This resource requires an access token with the Bearer scheme',
  malformed_credentials: 'The Authorization header must be Bearer, a space and one token',
  repeated_credentials: 'The Authorization header must occur once and hold one token',
  insufficient_scope: 'The access token does not cover this operation',
  too_many_attempts: 'Too many attempts with bad credentials; later ones are not looked at for a while',
  unreadable_body: 'The body cannot be read as JSON-RPC, so nobody can tell what it asks for',
  unknown_operation: 'The operation does not exist here',
  refused_operation: 'The operation is refused by a rule',
  policy_denied: 'The operation is denied by a rule',
  policy_unavailable: 'A rule for the operation cannot be asked at the moment',
  insufficient_user_authentication: 'The operation needs another or a more recent login',
  operation_failed: 'A rule for the operation failed',
};

/** The fixed English sentence for a code. */
export function describeBearerAuthError(code: BearerAuthErrorCode): string {
  return descriptions[code];
}

export function isBearerAuthErrorCode(code: string): code is BearerAuthErrorCode {
  return Object.hasOwn(descriptions, code);
}

/** The facts of a {@link MCPAuthInsufficientScopeError}. */
export interface InsufficientScope {
  /** 403; 401 for a caller without a token. */
  readonly status: 401 | 403;
  /** Scopes that the challenge names. */
  readonly scopes: readonly string[];
  /** Value of a `WWW-Authenticate` header (RFC 6750 §3). */
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
 *
 * @see RFC 6750 §3.1
 * @see MCP Authorization, Runtime Insufficient Scope Errors
 * @example
 * ```ts
 * import { MCPAuthInsufficientScopeError } from '@mcp-auth/core';
 * import { requireScopes } from '@mcp-auth/core/context';
 *
 * export function callTool() {
 *   try {
 *     requireScopes('notes:write');
 *     return { content: [{ type: 'text', text: 'Written' }] };
 *   } catch (error) {
 *     if (error instanceof MCPAuthInsufficientScopeError) return error.toToolResult();
 *     throw error;
 *   }
 * }
 * ```
 */
export class MCPAuthInsufficientScopeError extends MCPAuthBearerAuthError {
  override readonly name = 'MCPAuthInsufficientScopeError';
  /** What the request is answered with as long as its response has not begun. */
  readonly status: 401 | 403;
  /** Scopes that the challenge names. */
  readonly scopes: readonly string[];
  /** The challenge, as in a `WWW-Authenticate` header. */
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
   * response has begun; before that, the answer is the HTTP refusal, no matter what the handler returns.
   */
  toToolResult(): InsufficientScopeResult {
    return {
      isError: true,
      content: [{ type: 'text', text: this.message }],
      _meta: { 'mcp/www_authenticate': [this.challenge] },
    };
  }
}
