import type { AuthInfo } from '@mcp-auth/core';
import {
  adapterInterfaceVersion,
  guardMethods,
  readRoute,
  ResourceServer,
  runEndpoint,
  runGate,
  type AdapterBinding,
  type Endpoint,
  type ModeOrOptions,
  type OptionsFor,
  type Release,
  type VerificationMode,
} from '@mcp-auth/core/adapter';
import { holdWebResponse, WebRequestHead } from '@mcp-auth/core/web';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { setHeaders, toHonoResponse } from './answer.js';
import { createMetadataRouter, type MetadataRouter } from './metadata-router.js';
import { readBody } from './read-body.js';
import { readNodeHead } from './read-node-head.js';
import manifest from '../package.json' with { type: 'json' };

/** Variables that `bearerAuth` sets on the context: `c.get('auth')`. */
export interface AuthVariables {
  readonly auth: AuthInfo | undefined;
}

/** The environment of an app or route behind `bearerAuth`. */
export interface AuthEnv {
  Variables: AuthVariables;
}

interface Exchange {
  readonly context: Context<AuthEnv>;
  readonly next: Next;
  /** Who answers, where that may be the first to see the request. */
  readonly middleware: MiddlewareHandler<AuthEnv> | undefined;
}

type Result = Promise<Response | undefined>;

const binding: AdapterBinding<Exchange, Result> = {
  interfaceVersion: adapterInterfaceVersion,
  readHead: ({ context }) => readNodeHead(context) ?? new WebRequestHead(context.req.raw),
  refuse: ({ context, middleware }, answer) => Promise.resolve(toHonoResponse(context, answer, middleware)),
  proceed: ({ context, next }, auth, headers) => {
    context.set('auth', auth);
    // Afterwards: what is set before is lost where the handler returns a Response of its own
    return next().then(headers.length === 0 ? nothing : () => setHeaders(context, headers));
  },
  fail: (_exchange, error) => Promise.reject(error),
  capabilities: {
    readBody: ({ context }, limits) => readBody(context, limits),
    holdResponse: async ({ context }, refusal, proceed) => {
      const kept = new Headers(context.res.headers);
      const response = Promise.resolve(proceed()).then(() => context.res);
      const held = await holdWebResponse(response, refusal, kept);
      if (held === context.res) return undefined;
      // Hono would copy the fields of the response that is there
      context.res = undefined;
      context.res = held;
      return undefined;
    },
  },
};

/**
 * MCP Auth for Hono 4, on every runtime Hono runs on.
 *
 * @example
 * ```ts
 * app.route('/', mcpAuth.protectedResourceMetadataRouter());
 * app.all('/mcp', mcpAuth.bearerAuth('jwt', { resource }), handler);
 * ```
 */
export class MCPAuth extends ResourceServer {
  /** What a core of another release warns with, once, when an object is made. */
  static override readonly release: Release = { name: manifest.name, version: manifest.version };

  static {
    guardMethods(MCPAuth, {
      protectedResourceMetadataRouter: "app.route('/', mcpAuth.protectedResourceMetadataRouter())",
      delegatedRouter: "app.route('/', mcpAuth.delegatedRouter())",
      bearerAuth: "app.all('/mcp', mcpAuth.bearerAuth('jwt', { resource }), handler)",
    });
  }

  /**
   * A Hono app that publishes the metadata of all configured resources (RFC 9728 §3). Mount it at the root, because the
   * well-known paths are fixed: `app.route('/', …)`, or `app.use(…)`, for it is a middleware as well.
   */
  protectedResourceMetadataRouter(): MetadataRouter {
    const endpoint = this.metadataEndpoint;
    return createMetadataRouter(toMiddleware(endpoint), endpoint.preflightPaths);
  }

  /**
   * A Hono app that mirrors the metadata of the authorization server at `/.well-known/oauth-authorization-server`, for
   * clients of MCP 2025-03-26. In legacy mode only.
   *
   * @deprecated Configure `protectedResources` and use `protectedResourceMetadataRouter()`: clients of later revisions find
   * the server through it, and strict ones refuse a foreign issuer at this origin.
   * @throws {MCPAuthConfigError} outside legacy mode
   */
  delegatedRouter(): MetadataRouter {
    return createMetadataRouter(toMiddleware(this.delegatedEndpoint), []);
  }

  /**
   * Middleware that lets a request pass only with an access token for `options.resource`; see `getAuth` for the caller.
   *
   * Checks: credentials, token, audience and required scopes. Does not check: Origin and Host, which belong to the
   * official SDK or the application.
   *
   * @throws {MCPAuthConfigError} for an option that cannot work
   */
  bearerAuth<Mode extends VerificationMode>(
    mode: Mode,
    options?: OptionsFor<Mode>,
  ): MiddlewareHandler<AuthEnv>;
  /** The same for JWTs. */
  bearerAuth(options?: OptionsFor<'jwt'>): MiddlewareHandler<AuthEnv>;
  bearerAuth(first?: ModeOrOptions, second?: OptionsFor<VerificationMode>): MiddlewareHandler<AuthEnv> {
    const gate = this.createGateFor(readRoute(first, second));
    const middleware: MiddlewareHandler<AuthEnv> = (context, next) =>
      runGate(gate, binding, { context, next, middleware });
    return middleware;
  }
}

/** Hono takes what `next` resolves to for a response. */
function nothing(): undefined {
  return undefined;
}

function toMiddleware(endpoint: Endpoint): MiddlewareHandler {
  const middleware: MiddlewareHandler<AuthEnv> = (context, next) =>
    Promise.resolve(
      runEndpoint(endpoint, binding, { context, next, middleware: undefined }, () => next().then(nothing)),
    );
  return middleware;
}
