import { guardMethods } from '../adapter/guard-methods.js';
import {
  type ModeOrOptions,
  type OptionsFor,
  readRoute,
  type VerificationMode,
} from '../config/verification-mode.js';
import { BaseLegacyMCPAuth } from '../legacy/base-legacy-mcp-auth.js';
import type { LegacyOptionsFor } from '../legacy/legacy-config.js';
import {
  askGate,
  checkHandler,
  toRouter,
  type FetchHandler,
  type FetchRouter,
  type ProtectedFetchHandler,
} from './exchange.js';

/**
 * Legacy mode for web-standard servers: for clients of MCP 2025-03-26.
 *
 * @deprecated Use `MCPAuth` of `@mcp-auth/core/fetch` with `{ resource, authorizationServers }`: clients of later revisions find
 * the server through the metadata of the resource, and strict ones refuse a foreign issuer at this origin.
 * @see MCP 2025-03-26, Authorization, Server Metadata Discovery
 * @example
 * ```ts
 * import { MCPAuth } from '@mcp-auth/core/legacy';
 *
 * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
 * const answerMetadata = mcpAuth.delegatedRouter();
 * const mcp = mcpAuth.protect({ fetch: () => new Response('Hello') }, { audience: 'https://api.example.com' });
 *
 * export default {
 *   fetch: async (request: Request) => (await answerMetadata(request)) ?? mcp.fetch(request),
 * };
 * ```
 */
export class MCPAuth extends BaseLegacyMCPAuth {
  /** The adapter interface that this was written for. */
  static override readonly interfaceVersion = 1;

  static {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- its own name
    guardMethods(MCPAuth, {
      protect: "export default mcpAuth.protect(handler, 'jwt', { audience })",
      delegatedRouter: 'const answerMetadata = mcpAuth.delegatedRouter()',
    });
  }

  /**
   * Protects a handler: every request needs an access token for `options.audience`; the handler gets the caller as `authInfo`
   * in its second argument.
   *
   * @throws {MCPAuthConfigError} for an option that cannot work
   * @see RFC 6750 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/legacy';
   *
   * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
   * export default mcpAuth.protect({ fetch: () => new Response('Hello') }, { audience: 'https://api.example.com' });
   * ```
   */
  protect<Mode extends VerificationMode>(
    handler: FetchHandler,
    mode: Mode,
    options: LegacyOptionsFor<Mode>,
  ): ProtectedFetchHandler;
  /** Protects a handler: every request needs a JWT for `options.audience`. */
  protect(handler: FetchHandler, options: LegacyOptionsFor<'jwt'>): ProtectedFetchHandler;
  protect(
    handler: FetchHandler,
    first?: ModeOrOptions,
    second?: OptionsFor<VerificationMode>,
  ): ProtectedFetchHandler {
    checkHandler(handler);
    const gate = this.engine.createGateFor(readRoute(first, second));
    return { fetch: (request, host) => askGate(gate, request, handler, host) };
  }

  /**
   * Answers requests for the metadata of the authorization server at `/.well-known/oauth-authorization-server`, and leaves
   * all others alone.
   *
   * @see RFC 8414 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/legacy';
   *
   * const mcpAuth = new MCPAuth({ server: { issuer: 'https://auth.example.com' } });
   * export const answerMetadata = mcpAuth.delegatedRouter();
   * ```
   */
  delegatedRouter(): FetchRouter {
    return toRouter(this.engine.mirror);
  }
}
