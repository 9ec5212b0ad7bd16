import { BaseMCPAuth } from '../adapter/base-mcp-auth.js';
import { guardMethods } from '../adapter/guard-methods.js';
import { checkOptions } from '../config/check-options.js';
import {
  type ModeOrOptions,
  type OptionsFor,
  readRoute,
  verificationMode,
  type VerificationMode,
} from '../config/verification-mode.js';
import {
  askGate,
  checkHandler,
  toRouter,
  type FetchHandler,
  type FetchRouter,
  type ProtectedFetchHandler,
} from './exchange.js';
import { Place, splitPlace, type PlaceOptions } from './place.js';

/**
 * MCP Auth for web-standard servers: Workers, Deno, Bun, or any framework that speaks `Request` and `Response`.
 *
 * @see RFC 6750 §2.1
 * @see RFC 9728 §3
 * @example
 * ```ts
 * import { MCPAuth } from '@mcp-auth/core/fetch';
 *
 * const mcpAuth = new MCPAuth({
 *   resource: 'https://api.example.com/mcp',
 *   authorizationServers: ['https://auth.example.com'],
 * });
 *
 * export default mcpAuth.protect({
 *   fetch: (_request, options) => Response.json({ caller: options?.authInfo?.subject }),
 * });
 * ```
 */
export class MCPAuth extends BaseMCPAuth {
  /** The adapter interface that this was written for. */
  static override readonly interfaceVersion = 1;

  static {
    guardMethods(MCPAuth, {
      protect: "export default mcpAuth.protect(handler, 'jwt', { resource })",
      protectedResourceMetadataRouter: 'const answerMetadata = mcpAuth.protectedResourceMetadataRouter()',
    });
  }

  /**
   * Protects a handler and publishes the metadata of all configured resources too.
   *
   * Every request at the path of the resource, or below it, needs an access token for that resource; the handler gets the caller
   * as `authInfo` in its second argument. Elsewhere, the metadata documents aside, there is nothing: 404. The host is not
   * compared, and a slash at the end makes no difference.
   *
   * @throws {MCPAuthConfigError} for an option that cannot work
   * @see RFC 6750 §3
   * @see RFC 9728 §5.1
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/fetch';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   * const handler = { fetch: () => new Response('Hello') };
   *
   * export default mcpAuth.protect(handler, 'jwt', { resource, requiredScopes: ['notes:read'] });
   * ```
   */
  protect<Mode extends VerificationMode>(
    handler: FetchHandler,
    mode: Mode,
    options?: OptionsFor<Mode> & PlaceOptions,
  ): ProtectedFetchHandler;
  /** Protects a handler with JWTs, and publishes the metadata of all configured resources too. */
  protect(handler: FetchHandler, options?: OptionsFor<'jwt'> & PlaceOptions): ProtectedFetchHandler;
  protect(
    handler: FetchHandler,
    first?: ModeOrOptions,
    second?: OptionsFor<VerificationMode>,
  ): ProtectedFetchHandler {
    checkHandler(handler);
    const { mode, options } = readRoute(first, second);
    checkOptions(mode, verificationMode, 'mode');
    const { path, others } = splitPlace<OptionsFor<VerificationMode>>(options);
    const gate = this.engine.createGateFor({ mode, options: others });
    const place = new Place(gate.resource, path, this.engine.events);
    const answerMetadata = this.protectedResourceMetadataRouter();
    return {
      fetch: async (request, host) =>
        answerMetadata(request) ?? place.answerElsewhere(request) ?? askGate(gate, request, handler, host),
    };
  }

  /**
   * Answers requests for metadata documents (RFC 9728 §3) and leaves all others alone.
   *
   * @see RFC 9728 §3
   * @example
   * ```ts
   * import { MCPAuth } from '@mcp-auth/core/fetch';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   * const answerMetadata = mcpAuth.protectedResourceMetadataRouter();
   *
   * export default {
   *   fetch: (request: Request) => answerMetadata(request) ?? new Response('Not here', { status: 404 }),
   * };
   * ```
   */
  protectedResourceMetadataRouter(): FetchRouter {
    return toRouter(this.engine.metadataEndpoint);
  }
}
