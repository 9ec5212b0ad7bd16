import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ProtectedRoutes } from './protected-routes.js';

/**
 * Lets a request reach a handler only when the token check of its route has let it pass, which happens in front: before the body is
 * read. `@BearerAuth()` and `@RequireScopes()` put the guard where they stand; `@UseGuards(McpAuthGuard)` is the same as `@BearerAuth()`.
 *
 * Checks: that the request came through the check that belongs to this very handler. Does not check: the token once more. A request that
 * came another way, for example of a WebSocket gateway, is an error of the server.
 *
 * @see RFC 6750 §2.1
 * @example
 * ```ts
 * import { McpAuthGuard } from '@mcp-auth/nest';
 * import { All, Controller, UseGuards } from '@nestjs/common';
 *
 * @Controller('mcp')
 * @UseGuards(McpAuthGuard)
 * export class McpController {
 *   @All()
 *   serve() {
 *     return {};
 *   }
 * }
 * ```
 */
@Injectable()
export class McpAuthGuard implements CanActivate {
  readonly #routes: ProtectedRoutes;

  constructor(@Inject(ProtectedRoutes) routes: ProtectedRoutes) {
    this.#routes = routes;
  }

  /**
   * For Nest.
   *
   * @internal
   * @throws {MCPAuthConfigError} where the request has passed no token check, or that of another route
   */
  canActivate(context: ExecutionContext): true {
    this.#routes.demandAdmission(context);
    return true;
  }
}
