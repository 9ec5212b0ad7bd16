import type { BaseMCPAuth, OptionsFor, VerificationMode } from '@mcp-auth/core/adapter';

/** The `MCPAuth` of `@mcp-auth/express` or of `@mcp-auth/fastify`, whichever the application runs on. */
export interface PlatformMCPAuth extends Pick<BaseMCPAuth, keyof BaseMCPAuth> {
  protectedResourceMetadataRouter(): object;
  bearerAuth(mode: VerificationMode, options?: OptionsFor<VerificationMode>): object;
}

/** A method of a controller. */
export type Handler = (...given: never[]) => unknown;

/** What a platform asks about each route that Nest has made. */
export interface FoundRoutes {
  /** The token check of a handler, whose mark a route has; nothing where it is not protected. */
  find(handler: unknown): FoundRoute | undefined;
  /** Notes that a request has passed the check. */
  admit(request: object, route: FoundRoute): void;
}

/** A route with a token check. */
export interface FoundRoute {
  /** What `bearerAuth` has made: middleware of Express, or route options of Fastify. */
  readonly gate: object;
}
