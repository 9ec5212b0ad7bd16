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
  CredentialErrorCode | 'unknown_operation' | 'refused_operation' | 'operation_failed';

/** A request whose credentials are absent, malformed or insufficient. */
export class MCPAuthBearerAuthError extends MCPAuthError<BearerAuthErrorCode> {
  override readonly name: string = 'MCPAuthBearerAuthError';

  constructor(code: BearerAuthErrorCode, message?: string, options: MCPAuthErrorOptions = {}) {
    super(code, message ?? describeBearerAuthError(code), options);
  }
}

const descriptions: Readonly<Record<BearerAuthErrorCode, string>> = {
  missing_credentials: 'This resource requires an access token',
  unsupported_scheme: 'This resource requires an access token with the Bearer scheme',
  malformed_credentials: 'The Authorization field must be Bearer, a space and one token',
  repeated_credentials: 'The Authorization field must occur once and hold one token',
  insufficient_scope: 'The access token does not cover this operation',
  unknown_operation: 'The operation does not exist here',
  refused_operation: 'The operation is refused by a rule',
  operation_failed: 'A rule for the operation failed',
};

/** The fixed English sentence for a code. */
export function describeBearerAuthError(code: BearerAuthErrorCode): string {
  return descriptions[code];
}
