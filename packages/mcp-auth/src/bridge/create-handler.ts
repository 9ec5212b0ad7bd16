import { runGate, type AdapterBinding, type Gate } from '@mcp-auth/core/adapter';
import { NodeRequestHead, setNodeHeaders, writeNodeAnswer } from '@mcp-auth/core/node';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly next: NextFunction;
  /** Whether `next` was called to let the request go on. */
  wentOn: boolean;
}

const binding: AdapterBinding<Exchange, void> = {
  readHead: ({ request }) => new NodeRequestHead(request),
  refuse: ({ response }, answer) => writeNodeAnswer(response, answer),
  proceed: (exchange, auth, headers) => {
    const request = exchange.request as { auth?: unknown };
    setNodeHeaders(exchange.response, headers);
    request.auth = auth;
    exchange.wentOn = true;
    exchange.next();
  },
  // Express 4 does not look at promises, and Express 5 would hear of an error twice: it travels through next alone. What next
  // itself throws is not an error of this middleware, and next must not be called again
  fail: ({ next, wentOn }, error) => {
    if (wentOn) throw error;
    next(error);
  },
};

/**
 * A middleware that returns a promise, as the one of version 0.2 did.
 *
 * The promise resolves to `undefined` when the decision was carried out: the response is written, or `next` was called, with an
 * error or without. It rejects only with what `next` itself throws.
 */
export function createHandler(gate: Gate): RequestHandler {
  return async (request, response, next): Promise<void> => {
    await runGate(gate, binding, { request, response, next, wentOn: false });
  };
}
