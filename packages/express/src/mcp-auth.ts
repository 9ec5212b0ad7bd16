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
import {
  holdNodeResponse,
  NodeRequestHead,
  readNodeBody,
  setNodeHeaders,
  writeNodeAnswer,
} from '@mcp-auth/core/node';
import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { attachAuth } from './get-auth.js';
import manifest from '../package.json' with { type: 'json' };

interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly next: NextFunction;
}

const binding: AdapterBinding<Exchange, void> = {
  interfaceVersion: adapterInterfaceVersion,
  readHead: ({ request }) => new NodeRequestHead(request),
  refuse: ({ response }, answer) => writeNodeAnswer(response, answer),
  proceed: ({ request, response, next }, auth, headers) => {
    setNodeHeaders(response, headers);
    attachAuth(request, auth);
    next();
  },
  // Express 4 does not catch a rejected promise: errors always travel through next
  fail: ({ next }, error) => next(error),
  capabilities: {
    readBody: ({ request }, limits) => readNodeBody(request, limits),
    holdResponse: ({ response }, refusal, proceed) => {
      holdNodeResponse(response, refusal);
      proceed();
    },
  },
};

/**
 * MCP Auth for Express 4 and 5.
 *
 * @example
 * ```ts
 * app.use(mcpAuth.protectedResourceMetadataRouter());
 * app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), handler);
 * ```
 */
export class MCPAuth extends ResourceServer {
  /** What a core of another release warns with, once, when an object is made. */
  static override readonly release: Release = { name: manifest.name, version: manifest.version };

  static {
    guardMethods(MCPAuth, {
      protectedResourceMetadataRouter: 'app.use(mcpAuth.protectedResourceMetadataRouter())',
      delegatedRouter: 'app.use(mcpAuth.delegatedRouter())',
      bearerAuth: "app.post('/mcp', mcpAuth.bearerAuth('jwt', { resource }), handler)",
    });
  }

  /**
   * A router that publishes the metadata of all configured resources (RFC 9728 §3). Mount it at the root of the host:
   * the well-known paths are fixed.
   */
  protectedResourceMetadataRouter(): Router {
    return createRouter(this.metadataEndpoint);
  }

  /**
   * A router that mirrors the metadata of the authorization server at `/.well-known/oauth-authorization-server`, for clients
   * of MCP 2025-03-26. In legacy mode only. Mount it at the root of the host.
   *
   * @deprecated Configure `protectedResources` and use `protectedResourceMetadataRouter()`: clients of later revisions find
   * the server through it, and strict ones refuse a foreign issuer at this origin.
   * @throws {MCPAuthConfigError} outside legacy mode
   */
  delegatedRouter(): Router {
    return createRouter(this.delegatedEndpoint);
  }

  /**
   * Middleware that lets a request pass only with an access token for `options.resource`; see `getAuth` for the caller.
   *
   * Checks: credentials, token, audience and required scopes. Does not check: Origin and Host, which belong to the
   * official SDK or the application.
   *
   * @throws {MCPAuthConfigError} for an option that cannot work
   */
  bearerAuth<Mode extends VerificationMode>(mode: Mode, options?: OptionsFor<Mode>): RequestHandler;
  /** The same for JWTs. */
  bearerAuth(options?: OptionsFor<'jwt'>): RequestHandler;
  bearerAuth(first?: ModeOrOptions, second?: OptionsFor<VerificationMode>): RequestHandler {
    const gate = this.createGateFor(readRoute(first, second));
    return (request, response, next) => {
      void runGate(gate, binding, { request, response, next });
    };
  }
}

function createRouter(endpoint: Endpoint): Router {
  return Router().use((request, response, next) => {
    void runEndpoint(endpoint, binding, { request, response, next }, next);
  });
}
