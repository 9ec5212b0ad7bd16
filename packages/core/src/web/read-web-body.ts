import { concatenate, parseJsonBody, type BodyOutcome } from '../http/body-outcome.js';

/**
 * Reads the body of a web-standard Request within a limit. It is used up by that: hand {@link withJsonBody} on.
 */
export async function readWebBody(request: Request, maxBytes: number): Promise<BodyOutcome> {
  if (request.headers.has('content-encoding')) return { kind: 'encoded' };
  if (Number(request.headers.get('content-length')) > maxBytes) return { kind: 'too-large' };
  if (request.body === null) return { kind: 'empty' };
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel().catch(() => undefined);
      return { kind: 'too-large' };
    }
    chunks.push(value);
  }
  return parseJsonBody(concatenate(chunks));
}

/** The same request with this value as its body, in canonical spelling: what was judged is what is run. */
export function withJsonBody(request: Request, value: unknown): Request {
  const body = JSON.stringify(value);
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  return new Request(request.url, { method: request.method, headers, body, signal: request.signal });
}
