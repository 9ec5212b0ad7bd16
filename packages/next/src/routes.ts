import { runEndpoint, runGate, type Endpoint, type Gate } from '@mcp-auth/core/adapter';
import { binding, type Exchange } from './binding.js';
import type { Handler, HandlerArguments, RouteHandlers } from './handler.js';

/** Route handlers that ask the gate; in front of it the endpoint, for pages in a browser send no token with a preflight. */
export function protectRoute(endpoint: Endpoint, gate: Gate, handler: Handler): RouteHandlers {
  return forEveryMethod(handler, (exchange) =>
    runEndpoint(endpoint, binding, exchange, () => runGate(gate, binding, exchange)),
  );
}

/** Route handlers that answer what the endpoint answers, and else that there is nothing. */
export function publish(endpoint: Endpoint): RouteHandlers {
  const notFound = () => new Response(null, { status: 404 });
  return forEveryMethod(notFound, (exchange) => runEndpoint(endpoint, binding, exchange, notFound));
}

function forEveryMethod(
  handler: Handler,
  answer: (exchange: Exchange) => Response | Promise<Response>,
): RouteHandlers {
  const handle = async (...given: HandlerArguments): Promise<Response> =>
    answer({ request: given[0], parsedBody: undefined, given, handler });
  return { GET: handle, HEAD: handle, POST: handle, PUT: handle, PATCH: handle, DELETE: handle, OPTIONS: handle };
}
