import { IncomingMessage, type ServerResponse } from 'node:http';

/** Bodies of registrations are kept, those of others are not. */
const maxBytes = { registration: 8 * 1024, other: 56 * 1024 };

/** What is read, and thrown away, of a body that is too long: so that its sender gets to read the answer. */
const maxWaste = 1024 * 1024;

/** The body of a request; nothing where it is longer than allowed. */
export async function readBody(request: IncomingMessage, path: string): Promise<Buffer | undefined> {
  const limit = path === '/reg' ? maxBytes.registration : maxBytes.other;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxWaste) break;
    if (size <= limit) chunks.push(chunk);
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}

/** The same request once more, for `oidc-provider`, which reads the body of a request itself. */
export function replay(request: IncomingMessage, body: Buffer): IncomingMessage {
  const copy = new IncomingMessage(request.socket);
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  Object.assign(copy, { method, url, httpVersion, httpVersionMajor, httpVersionMinor });
  copy.headers = request.headers;
  copy.rawHeaders = request.rawHeaders;
  copy.complete = true;
  copy.push(body);
  copy.push(null);
  return copy;
}

/** Hears what a response says, to the first 64 kB. */
export function listenTo(response: ServerResponse): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  const keep = (chunk: unknown): void => {
    if (size > 64 * 1024 || (typeof chunk !== 'string' && !(chunk instanceof Uint8Array))) return;
    chunks.push(Buffer.from(chunk as string));
    size += chunk.length;
  };
  const write = response.write.bind(response) as (...args: unknown[]) => boolean;
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  response.write = (...args: unknown[]) => {
    keep(args[0]);
    return write(...args);
  };
  response.end = (...args: unknown[]) => {
    keep(args[0]);
    return end(...args);
  };
  return () => Buffer.concat(chunks).toString('utf8');
}
