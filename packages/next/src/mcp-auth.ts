import {
  BaseMCPAuth,
  guardMethods,
  readRoute,
  type ModeOrOptions,
  type OptionsFor,
  type Release,
  type VerificationMode,
} from '@mcp-auth/core/adapter';
import { checkHandler, type Handler, type HandlerArguments, type RouteHandlers } from './handler.js';
import { protectRoute, publish } from './routes.js';
import manifest from '../package.json' with { type: 'json' };

/**
 * MCP Auth for route handlers of the App Router of Next.js, on the Node and the edge runtime.
 *
 * @see RFC 6750 §2.1
 * @see RFC 9728 §3
 * @example
 * ```ts
 * // lib/mcp-auth.ts
 * import { MCPAuth } from '@mcp-auth/next';
 *
 * export const mcpAuth = new MCPAuth({
 *   resource: 'https://api.example.com/mcp',
 *   authorizationServers: ['https://auth.example.com'],
 * });
 * ```
 */
export class MCPAuth extends BaseMCPAuth {
  /** The adapter interface that this was written for. */
  static override readonly interfaceVersion = 1;

  /** What a core of another release warns with, once, when an object is made. */
  static override readonly release: Release = { name: manifest.name, version: manifest.version };

  static {
    guardMethods(MCPAuth, {
      protect: "export const { GET, POST, DELETE } = mcpAuth.protect(handler, 'jwt', { resource })",
      protectedResourceMetadataRouter:
        'export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = mcpAuth.protectedResourceMetadataRouter()',
    });
  }

  /**
   * Route handlers that publish the metadata of all configured resources (RFC 9728 §3), for
   * `app/.well-known/oauth-protected-resource/[[...path]]/route.ts`.
   *
   * @see RFC 9728 §3
   * @example
   * ```ts
   * // app/.well-known/oauth-protected-resource/[[...path]]/route.ts
   * import { MCPAuth } from '@mcp-auth/next';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   *
   * export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = mcpAuth.protectedResourceMetadataRouter();
   * ```
   */
  protectedResourceMetadataRouter(): RouteHandlers<[request: Request]> {
    return publish(this.engine.metadataEndpoint);
  }

  /**
   * Route handlers that call `handler` only for requests with an access token for `options.resource`: a function finds the caller with
   * `getAuth(request)`, an object such as `createMcpHandler()` of the official SDK returns gets it as `authInfo`.
   *
   * Checks: credentials, token, audience and required scopes. Does not check: Origin and Host, which belong to the
   * official SDK or the application; and methods that a route does not export, which Next.js answers itself.
   *
   * @throws {MCPAuthConfigError} for an option that cannot work
   * @see RFC 6750 §3
   * @see RFC 9728 §5.1
   * @example
   * ```ts
   * // app/mcp/route.ts
   * import { getAuth, MCPAuth } from '@mcp-auth/next';
   *
   * const resource = 'https://api.example.com/mcp';
   * const mcpAuth = new MCPAuth({ resource, authorizationServers: ['https://auth.example.com'] });
   * const answer = (request: Request) => Response.json({ caller: getAuth(request)?.subject });
   *
   * export const { GET, POST, DELETE } = mcpAuth.protect(answer, { requiredScopes: ['notes:read'] });
   * ```
   */
  protect<Mode extends VerificationMode, Given extends HandlerArguments = HandlerArguments>(
    handler: Handler<Given>,
    mode: Mode,
    options?: OptionsFor<Mode>,
  ): RouteHandlers<Given>;
  /** Route handlers that call `handler` only for requests with a JWT for `options.resource`. */
  protect<Given extends HandlerArguments = HandlerArguments>(
    handler: Handler<Given>,
    options?: OptionsFor<'jwt'>,
  ): RouteHandlers<Given>;
  protect(handler: Handler, first?: ModeOrOptions, second?: OptionsFor<VerificationMode>): RouteHandlers {
    checkHandler(handler);
    const gate = this.engine.createGateFor(readRoute(first, second));
    // Next.js loads each route when it is first asked for: the one with the document may not be there yet
    return protectRoute(this.engine.metadataEndpoint, gate, handler);
  }
}
