import type { Answer } from '../adapter/answer.js';

/** An answer as a web-standard Response. */
export function toResponse(answer: Answer): Response {
  const headers = new Headers();
  for (const [name, value] of answer.headers) headers.append(name, value);
  return new Response(answer.body ?? null, { status: answer.status, headers });
}
