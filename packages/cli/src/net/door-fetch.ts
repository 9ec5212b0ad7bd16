import type { FetchFunction } from '@mcp-auth/core';
import type { Send } from './door.js';

/** Statuses of answers without a body: Fetch lets them have none. */
const withoutBody = new Set([204, 205, 304]);

/** The door as the function `fetch` that core and its options take. */
export function doorFetch(send: Send): FetchFunction {
  return async (url, { method, headers, body }) => {
    const { status, headerLines, text } = await send(url, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
    const answer = new Headers();
    for (const [name, value] of headerLines)
      // The body was read and decoded
      if (!/^content-(?:encoding|length)$/i.test(name)) answer.append(name, value);
    return new Response(withoutBody.has(status) ? null : text, { status, headers: answer });
  };
}
