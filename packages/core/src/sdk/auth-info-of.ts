import { type AuthInfo, isAuthInfo } from '../caller/auth-info.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';

/** What the official SDK hands to a handler: the context of version 2, or `extra` of version 1. */
export interface SdkHandlerContext {
  /** Version 1. */
  readonly authInfo?: unknown;
  /** Version 2. */
  readonly http?: { readonly authInfo?: unknown } | undefined;
}

/**
 * The caller in a handler of the official SDK, with all that its token says; nothing where no gate of this library ran, or
 * where anonymous access was permitted.
 *
 * Does not check: anything. The gate in front has done that.
 *
 * @param context - the last argument of the handler
 * @throws {MCPAuthConfigError} `invalid_option` where the handler has no such argument
 * @see MCP Authorization, Token Handling
 * @example
 * ```ts
 * import { authInfoOf } from '@mcp-auth/core';
 * import { McpServer } from '@modelcontextprotocol/server';
 *
 * const server = new McpServer({ name: 'notes', version: '1.0.0' });
 * server.registerTool('whoami', { description: 'Tells who is calling' }, (context) => ({
 *   content: [{ type: 'text', text: authInfoOf(context)?.subject ?? 'nobody' }],
 * }));
 * ```
 */
export function authInfoOf(context: SdkHandlerContext): AuthInfo | undefined {
  if (typeof (context as unknown) !== 'object' || (context as unknown) === null) {
    throw new MCPAuthConfigError(
      'invalid_option',
      'context',
      `must be the context that the SDK hands to a handler, but is ${describeValue(context)}. It is the last argument: the first and only one where a tool has no inputSchema.`,
    );
  }
  const found = context.http?.authInfo ?? context.authInfo;
  return isAuthInfo(found) ? found : undefined;
}
