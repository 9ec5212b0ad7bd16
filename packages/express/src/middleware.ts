import {
  runEndpoint,
  runGate,
  type AdapterBinding,
  type Endpoint,
  type Gate,
} from '@mcp-auth/core/adapter';
import {
  guardNodeStream,
  holdNodeResponse,
  NodeRequestHead,
  readNodeBody,
  setNodeHeaders,
  writeNodeAnswer,
} from '@mcp-auth/core/node';
import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { attachAuth } from './get-auth.js';

interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly next: NextFunction;
}

const binding: AdapterBinding<Exchange, void> = {
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
    guardStream: ({ response }, stream, proceed) => {
      guardNodeStream(response, stream);
      proceed();
    },
    holdResponse: ({ response }, refusal, proceed) => {
      holdNodeResponse(response, refusal);
      proceed();
    },
  },
};

/** Middleware that asks a gate. */
export function toMiddleware(gate: Gate): RequestHandler {
  return (request, response, next) => {
    void runGate(gate, binding, { request, response, next });
  };
}

/**
 * A router that answers what the endpoint answers.
 *
 * Its own way through a stack of layers takes 17 µs of every request of the application, and a turn of the event loop; as long as nobody
 * has added anything to it, there is nothing to go through.
 */
export function toRouter(endpoint: Endpoint): Router {
  const router = Router();
  const answer: RequestHandler = (request, response, next) => {
    // The path it is mounted at; a router learns it with the first request. Servers that are no Express application set none
    const { baseUrl = '' } = request as Partial<Request>;
    endpoint.mountedBelow?.(
      baseUrl,
      'app.use(mcpAuth.protectedResourceMetadataRouter()), on the application itself',
    );
    void runEndpoint(endpoint, binding, { request, response, next }, next);
  };
  router.use(answer);
  const own = router.stack.length;
  // What every version of Express calls with a request, be the router in an application or in another router
  const called = router as Router & { handle: RequestHandler };
  const { handle } = called;
  called.handle = (...exchange) =>
    router.stack.length === own ? answer(...exchange) : handle.apply(router, exchange);
  return router;
}
