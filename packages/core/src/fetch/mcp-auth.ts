import type { HeaderList } from '../http/answer.js';
import { adapterInterfaceVersion, runGate, type AdapterBinding } from '../adapter/binding.js';
import { guardMethods } from '../adapter/guard-methods.js';
import { ResourceServer } from '../engine/resource-server.js';
import type { MCPAuthConfig } from '../config/mcp-auth.js';
import { EventSink } from '../events/events.js';
import { checkOptions } from '../config/check-options.js';
import {
  type ModeOrOptions,
  type OptionsFor,
  readRoute,
  verificationMode,
  type VerificationMode,
} from '../config/verification-mode.js';
import { runEndpoint, type Endpoint } from '../adapter/run-endpoint.js';
import type { AuthInfo } from '../caller/auth-info.js';
import { holdWebResponse } from '../web/hold-web-response.js';
import { readWebBody, withJsonBody } from '../web/read-web-body.js';
import { setWebHeaders, toResponse } from '../web/to-response.js';
import { WebRequestHead } from '../web/web-request-head.js';
import { Place, splitPlace, type PlaceOptions } from './place.js';

/** What a handler gets beside the request; the official SDK's handlers read it under this name. */
export interface FetchHandlerOptions {
  readonly authInfo?: AuthInfo;
  /** The body, where an operation policy had to read it. */
  readonly parsedBody?: unknown;
}

/** A web-standard handler, such as the one `createMcpHandler` of the official SDK returns. */
export interface FetchHandler {
  fetch(request: Request, options?: FetchHandlerOptions): Response | Promise<Response>;
}

/** Answers some requests, and leaves the others alone: try it first, then the next. */
export type FetchRouter = (request: Request) => Response | Promise<Response> | undefined;

/** A handler that only lets authorized requests through. */
export interface ProtectedFetchHandler {
  fetch(request: Request): Promise<Response>;
}

interface Exchange {
  /** Replaced when its body had to be read. */
  request: Request;
  parsedBody: unknown;
  readonly handler: FetchHandler;
}

const binding: AdapterBinding<Exchange, Response | Promise<Response>> = {
  interfaceVersion: adapterInterfaceVersion,
  readHead: ({ request }) => new WebRequestHead(request),
  refuse: (_exchange, answer) => toResponse(answer),
  proceed: async ({ request, parsedBody, handler }, auth, headers) => {
    const options: FetchHandlerOptions = {
      ...(auth === undefined ? undefined : { authInfo: auth }),
      ...(parsedBody === undefined ? undefined : { parsedBody }),
    };
    const response = await handler.fetch(request, options);
    return headers.length === 0 ? response : withHeaders(response, headers);
  },
  fail: (_exchange, error) => Promise.reject(error),
  capabilities: {
    readBody: async (exchange, limits) => {
      const outcome = await readWebBody(exchange.request, limits);
      if (outcome.kind === 'json') {
        exchange.parsedBody = outcome.value;
        exchange.request = withJsonBody(exchange.request, outcome.value);
      }
      return outcome;
    },
    holdResponse: (_exchange, refusal, proceed) => holdWebResponse(proceed(), refusal),
  },
};

/**
 * MCP Auth for web-standard servers: Workers, Deno, Bun, or any framework that speaks `Request` and `Response`.
 *
 * @example
 * ```ts
 * export default mcpAuth.protect(createMcpHandler(createServer), 'jwt', { resource });
 * ```
 */
export class MCPAuth extends ResourceServer {
  readonly #events: EventSink;

  /** @throws {MCPAuthConfigError} with the path of the option at fault and how to fix it */
  constructor(config: MCPAuthConfig) {
    super(config);
    this.#events = new EventSink(config.onEvent);
  }

  static {
    guardMethods(MCPAuth, {
      protect: "export default mcpAuth.protect(handler, 'jwt', { resource })",
      protectedResourceMetadataRouter: 'const answerMetadata = mcpAuth.protectedResourceMetadataRouter()',
      delegatedRouter: 'const answerMetadata = mcpAuth.delegatedRouter()',
    });
  }

  /**
   * Protects a handler and publishes the metadata of all configured resources beside it.
   *
   * Every request at the path of the resource, or below it, needs an access token for that resource; the handler gets the caller
   * as `authInfo` in its second argument. Elsewhere, the metadata documents aside, there is nothing: 404. The host is not
   * compared, and a slash at the end makes no difference.
   *
   * @throws {MCPAuthConfigError} for an option that cannot work
   */
  protect<Mode extends VerificationMode>(
    handler: FetchHandler,
    mode: Mode,
    options?: OptionsFor<Mode> & PlaceOptions,
  ): ProtectedFetchHandler;
  /** The same for JWTs. */
  protect(handler: FetchHandler, options?: OptionsFor<'jwt'> & PlaceOptions): ProtectedFetchHandler;
  protect(
    handler: FetchHandler,
    first?: ModeOrOptions,
    second?: OptionsFor<VerificationMode>,
  ): ProtectedFetchHandler {
    const { mode, options } = readRoute(first, second);
    checkOptions(mode, verificationMode, 'mode');
    const { path, others } = splitPlace<OptionsFor<VerificationMode>>(options);
    const gate = this.createGateFor({ mode, options: others });
    const place = new Place(gate.resource, path, this.#events);
    const answerMetadata = this.isLegacy ? undefined : this.protectedResourceMetadataRouter();
    return {
      fetch: async (request) =>
        answerMetadata?.(request) ??
        place.answerElsewhere(request) ??
        runGate(gate, binding, toExchange(request, handler)),
    };
  }

  /** Answers requests for metadata documents (RFC 9728 §3) and leaves all others alone. */
  protectedResourceMetadataRouter(): FetchRouter {
    return toRouter(this.metadataEndpoint);
  }

  /**
   * Answers requests for the metadata of the authorization server at `/.well-known/oauth-authorization-server`, for clients
   * of MCP 2025-03-26, and leaves all others alone. In legacy mode only.
   *
   * @deprecated Configure `protectedResources` and use `protectedResourceMetadataRouter()`: clients of later revisions find
   * the server through it, and strict ones refuse a foreign issuer at this origin.
   * @throws {MCPAuthConfigError} outside legacy mode
   */
  delegatedRouter(): FetchRouter {
    return toRouter(this.delegatedEndpoint);
  }
}

function toRouter(endpoint: Endpoint): FetchRouter {
  return (request) => runEndpoint(endpoint, binding, toExchange(request, notAsked), () => undefined);
}

function toExchange(request: Request, handler: FetchHandler): Exchange {
  return { request, parsedBody: undefined, handler };
}

/** An endpoint answers by itself or passes. */
const notAsked: FetchHandler = { fetch: () => new Response(null, { status: 404 }) };

function withHeaders(response: Response, headers: HeaderList): Response {
  const copy = new Response(response.body, response);
  setWebHeaders(copy.headers, headers);
  return copy;
}
