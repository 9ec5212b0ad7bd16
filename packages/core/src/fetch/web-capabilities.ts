import type { AdapterCapabilities } from '../adapter/binding.js';
import type { HeaderList } from '../http/answer.js';
import { readHostBody } from '../node/read-host-body.js';
import { guardWebStream } from '../web/guard-web-stream.js';
import { holdWebResponse } from '../web/hold-web-response.js';
import { readWebBody, withJsonBody } from '../web/read-web-body.js';
import { setWebHeaders } from '../web/to-response.js';

/** What a binding over `Request` and `Response` has of an exchange. */
export interface WebExchange {
  /** Replaced when its body had to be read: handlers get this one. */
  request: Request;
  /** The body, where it had to be read and was JSON. */
  parsedBody: unknown;
}

/** All that a framework over `Request` and `Response` can do, for the `capabilities` of its binding. */
export const webCapabilities: Required<AdapterCapabilities<WebExchange, Response | Promise<Response>>> = {
  readBody: async (exchange, limits) => {
    // Where the host is Node: the request that is there shows what was judged from then on
    const read = await readHostBody(exchange.request, limits, undefined);
    if (read !== undefined) {
      if (read.kind === 'json') exchange.parsedBody = read.value;
      return read;
    }
    const outcome = await readWebBody(exchange.request, limits);
    if (outcome.kind === 'json' || (outcome.kind === 'empty' && exchange.request.bodyUsed)) {
      exchange.parsedBody = outcome.kind === 'json' ? outcome.value : undefined;
      exchange.request = withJsonBody(exchange.request, exchange.parsedBody);
    }
    return outcome;
  },
  guardStream: async (_exchange, stream, proceed) => guardWebStream(await proceed(), stream),
  holdResponse: (_exchange, refusal, proceed) => holdWebResponse(proceed(), refusal),
};

/**
 * The same response with headers that success must carry: list headers are added to, all others replaced.
 *
 * @see RFC 9110 §5.3
 * @example
 * ```ts
 * import { withWebHeaders } from '@mcp-auth/core/web';
 *
 * const response = withWebHeaders(new Response('done'), [['Vary', 'Origin']]);
 * ```
 */
export function withWebHeaders(response: Response, headers: HeaderList): Response {
  if (headers.length === 0) return response;
  const copy = new Response(response.body, response);
  setWebHeaders(copy.headers, headers);
  return copy;
}
