import type { AuthInfo } from '@mcp-auth/core';
import type { AdapterBinding } from '@mcp-auth/core/adapter';
import {
  toResponse,
  webCapabilities,
  type WebExchange,
  WebRequestHead,
  withWebHeaders,
} from '@mcp-auth/core/web';
import { attachAuth } from './get-auth.js';
import { type Handler, type HandlerArguments, isFetchHandler } from './handler.js';

export interface Exchange extends WebExchange {
  /** As they came. Next.js tells nobody who has sent a request; other hosts of such handlers do, in the second. */
  readonly given: HandlerArguments;
  readonly handler: Handler;
}

export const binding: AdapterBinding<Exchange, Response | Promise<Response>> = {
  readHead: ({ request, given: [, host] }) => new WebRequestHead(request, host),
  refuse: (_exchange, answer) => toResponse(answer),
  proceed: async (exchange, auth, headers) => withWebHeaders(await callHandler(exchange, auth), headers),
  fail: (_exchange, error) => Promise.reject(error),
  capabilities: webCapabilities,
};

function callHandler(
  { request, parsedBody, given: [original, ...others], handler }: Exchange,
  auth: AuthInfo | undefined,
): Response | Promise<Response> {
  if (isFetchHandler(handler)) {
    return handler.fetch(request, {
      ...(auth === undefined ? undefined : { authInfo: auth }),
      ...(parsedBody === undefined ? undefined : { parsedBody }),
    });
  }
  const handed = request === original ? request : toKindOf(original, request);
  attachAuth(handed, auth);
  return handler(handed, ...others);
}

type MakeRequest = new (url: string, init: RequestInit) => Request;

/**
 * Requests of Next.js have `nextUrl` and `cookies`; so must the one that takes the place of a request whose body was judged. On the edge
 * runtime they are of a class that is not made of a request, below one that is.
 */
function toKindOf(original: Request, judged: Request): Request {
  if (!('nextUrl' in original)) return judged;
  const { url, method, headers, body, signal } = judged;
  // Not the request itself: on the edge runtime Next.js 15 takes the address of it, and nothing else
  const init = { method, headers, signal, ...(body && { body, duplex: 'half' }) } as RequestInit;
  for (
    let kind: unknown = original.constructor;
    typeof kind === 'function' && kind !== Request;
    kind = Object.getPrototypeOf(kind)
  ) {
    try {
      return new (kind as MakeRequest)(url, init);
    } catch {
      continue;
    }
  }
  return judged;
}
