import type { Answer, HeaderList } from '../http/answer.js';
import { addToList, isListHeader } from '../http/merge-headers.js';

/**
 * An answer as a web-standard Response.
 *
 * @param kept - headers that the application has set; list headers of the answer are added to them, all others replaced
 * @see RFC 9110 §5.3
 * @example
 * ```ts
 * import { toResponse } from '@mcp-auth/core/web';
 *
 * const response = toResponse({ status: 404, headers: [['Cache-Control', 'no-store']], body: undefined });
 * ```
 */
export function toResponse(answer: Answer, kept?: Headers): Response {
  const headers = new Headers(kept);
  setWebHeaders(headers, answer.headers);
  return new Response(answer.body ?? null, { status: answer.status, headers });
}

/** Sets headers; list headers are added to, all others replaced. */
export function setWebHeaders(headers: Headers, added: HeaderList): void {
  for (const [name, value] of added) {
    const lines = addToList(name, isListHeader(name) ? headers.get(name) : undefined, value);
    headers.set(name, [lines].flat().join(', '));
  }
}
