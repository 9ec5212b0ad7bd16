import { type AuthInfo, isAuthInfo } from '../caller/auth-info.js';

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
  const found = context.http?.authInfo ?? context.authInfo;
  return isAuthInfo(found) ? found : undefined;
}
