import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AuthInfo } from '@mcp-auth/core';
import {
  BaseMCPAuth,
  runEndpoint,
  runGate,
  toError,
  type AdapterBinding,
  type Answer,
  type Endpoint,
  type OptionsFor,
  type VerificationMode,
} from '@mcp-auth/core/adapter';
import {
  guardNodeStream,
  holdNodeResponse,
  NodeRequestHead,
  readNodeBody,
  setNodeHeaders,
  writeNodeAnswer,
} from '@mcp-auth/core/node';

/** A request as a protected handler gets it. The MCP SDK looks for the caller under the same name. */
export type AuthorizedRequest = IncomingMessage & { auth?: AuthInfo; body?: unknown };

export type Handler = (request: AuthorizedRequest, response: ServerResponse) => void | Promise<void>;

/** Answers some requests, and says whether this was one. */
export type Router = (request: IncomingMessage, response: ServerResponse) => boolean;

interface Exchange {
  readonly request: AuthorizedRequest;
  readonly response: ServerResponse;
  readonly handler: Handler;
}

const failure: Answer = {
  status: 500,
  headers: [['Content-Type', 'application/json']],
  body: '{"message":"Internal server error"}',
};

const binding: AdapterBinding<Exchange, void | Promise<void>> = {
  readHead: ({ request }) => new NodeRequestHead(request),
  refuse: ({ response }, answer) => writeNodeAnswer(response, answer),
  proceed: ({ request, response, handler }, auth, headers) => {
    setNodeHeaders(response, headers);
    if (auth !== undefined) request.auth = auth;
    return handler(request, response);
  },
  fail: ({ response }) => writeNodeAnswer(response, failure),
  capabilities: {
    readBody: ({ request }, maxBytes) => readNodeBody(request, maxBytes),
    guardStream: ({ response }, stream, proceed) => {
      guardNodeStream(response, stream);
      return proceed();
    },
    holdResponse: ({ response }, refusal, proceed) => {
      holdNodeResponse(response, refusal);
      return proceed();
    },
  },
};

/**
 * MCP Auth for plain `node:http`.
 *
 * @example
 * ```ts
 * const publish = mcpAuth.protectedResourceMetadataRouter();
 * const mcp = mcpAuth.bearerAuth('jwt', { resource }, handler);
 * createServer((request, response) => publish(request, response) || mcp(request, response)).listen(8080);
 * ```
 */
export class MCPAuth extends BaseMCPAuth {
  /** The adapter interface that this was written for. */
  static override readonly interfaceVersion = 1;

  /** Answers requests for the metadata of all resources, and says whether this was one. */
  protectedResourceMetadataRouter(): Router {
    return createRouter(this.engine.metadataEndpoint);
  }

  /** A listener that calls the handler only for requests with an access token for `options.resource`. */
  bearerAuth<Mode extends VerificationMode>(
    mode: Mode,
    options: OptionsFor<Mode>,
    handler: Handler,
  ): RequestListener {
    const gate = this.engine.createGate(mode, options);
    return (request, response) => {
      const exchange = { request, response, handler };
      Promise.resolve(runGate(gate, binding, exchange)).catch((error: unknown) =>
        binding.fail(exchange, toError(error)),
      );
    };
  }
}

function createRouter(endpoint: Endpoint): Router {
  return (request, response) => {
    const exchange = { request, response, handler: () => undefined };
    return runEndpoint(endpoint, binding, exchange, () => false) !== false;
  };
}
