import { isListField, type Answer } from '../http/answer.js';

/**
 * An answer as a web-standard Response.
 *
 * @param kept - fields that the application has set; list fields of the answer are added to them, all others replaced
 */
export function toResponse(answer: Answer, kept?: Headers): Response {
  const headers = new Headers(kept);
  const names = new Set<string>();
  for (const [name, value] of answer.headers) {
    const isFirst = !names.has(name.toLowerCase());
    names.add(name.toLowerCase());
    if (isFirst && !isListField(name)) headers.set(name, value);
    else headers.append(name, value);
  }
  return new Response(answer.body ?? null, { status: answer.status, headers });
}
