import { MCPAuthConfigError } from '@mcp-auth/core';
import { describeValue } from '@mcp-auth/core/adapter';
import type { FetchHandler } from '@mcp-auth/core/fetch';

/** What the router calls a route handler with: the request, then what it knows of the path. */
export type HandlerArguments = [request: Request, ...others: unknown[]];

/** A function that answers the requests of a route, as Next.js calls it. */
export type RouteHandler<Given extends HandlerArguments = HandlerArguments> = (
  ...given: Given
) => Response | Promise<Response>;

/** What a `route.ts` exports: under the name of each method that is to be answered, the function that does. */
export type RouteHandlers<Given extends HandlerArguments = HandlerArguments> = Readonly<
  Record<
    'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS',
    (...given: Given) => Promise<Response>
  >
>;

/** What is called when a request may pass: a route handler, or what `createMcpHandler` of the official SDK returns. */
export type Handler<Given extends HandlerArguments = HandlerArguments> = FetchHandler | RouteHandler<Given>;

export function isFetchHandler(handler: Handler): handler is FetchHandler {
  return typeof (handler as Partial<FetchHandler> | null | undefined)?.fetch === 'function';
}

/**
 * For callers without TypeScript: requests without a token would never show that there is no handler.
 *
 * @throws {MCPAuthConfigError} `invalid_option`
 */
export function checkHandler(handler: Handler): void {
  if (typeof handler === 'function' || isFetchHandler(handler)) return;
  throw new MCPAuthConfigError(
    'invalid_option',
    'handler',
    `must be a function, or an object with a method fetch such as createMcpHandler() returns, but is ${describeValue(handler)}.`,
  );
}
