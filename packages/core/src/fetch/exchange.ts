import type { AdapterBinding } from '../adapter/binding.js';
import { runGate } from '../adapter/run-gate.js';
import { runEndpoint, type Endpoint } from '../adapter/run-endpoint.js';
import type { AuthInfo } from '../caller/auth-info.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { describeValue } from '../errors/describe-value.js';
import type { Gate } from '../gate/gate.js';
import { toResponse } from '../web/to-response.js';
import { WebRequestHead } from '../web/web-request-head.js';
import { webCapabilities, withWebHeaders, type WebExchange } from './web-capabilities.js';

/** What a handler gets in addition to the request; the official SDK's handlers read it under this name. */
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
  /**
   * @param host - what the runtime hands on with the request: Deno's and Bun's tell who sent it, which is needed where `limits`
   *   are configured
   */
  fetch(request: Request, host?: unknown): Promise<Response>;
}

interface Exchange extends WebExchange {
  /** What the runtime handed on with the request. */
  readonly host: unknown;
  readonly handler: FetchHandler;
}

const binding: AdapterBinding<Exchange, Response | Promise<Response>> = {
  readHead: ({ request, host }) => new WebRequestHead(request, host),
  refuse: (_exchange, answer) => toResponse(answer),
  proceed: async ({ request, parsedBody, handler }, auth, headers) => {
    const options: FetchHandlerOptions = {
      ...(auth === undefined ? undefined : { authInfo: auth }),
      ...(parsedBody === undefined ? undefined : { parsedBody }),
    };
    return withWebHeaders(await handler.fetch(request, options), headers);
  },
  fail: (_exchange, error) => Promise.reject(error),
  capabilities: webCapabilities,
};

/**
 * For callers without TypeScript: requests without a token would never show that there is no handler.
 *
 * @throws {MCPAuthConfigError} `invalid_option`
 */
export function checkHandler(handler: FetchHandler): void {
  const given = handler as Partial<Record<'fetch', unknown>> | null | undefined;
  if (typeof given?.fetch === 'function') return;
  const hint = typeof given === 'function' ? ': write { fetch: handler }' : '';
  throw new MCPAuthConfigError(
    'invalid_option',
    'handler',
    `must be an object with a method fetch, but ${typeof given === 'object' && given !== null ? 'has none' : `is ${describeValue(given)}`}${hint}.`,
  );
}

/** Asks a gate, and the handler where that lets the request pass. */
export async function askGate(
  gate: Gate,
  request: Request,
  handler: FetchHandler,
  host: unknown,
): Promise<Response> {
  return runGate(gate, binding, toExchange(request, handler, host));
}

/** Answers what the endpoint answers. */
export function toRouter(endpoint: Endpoint): FetchRouter {
  return (request) => runEndpoint(endpoint, binding, toExchange(request, notAsked), () => undefined);
}

function toExchange(request: Request, handler: FetchHandler, host?: unknown): Exchange {
  return { request, parsedBody: undefined, host, handler };
}

/** An endpoint answers by itself or passes. */
const notAsked: FetchHandler = { fetch: () => new Response(null, { status: 404 }) };
