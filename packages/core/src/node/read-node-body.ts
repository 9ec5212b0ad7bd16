import { concatenate, parseJsonBody, type BodyOutcome } from '../http/body-outcome.js';

/** The members of a Node request, and of what body parsers leave on it, that are used. */
export interface NodeBodyRequest extends AsyncIterable<unknown> {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Whether anybody has read from the stream. */
  readonly readableDidRead?: boolean | undefined;
  /** What a body parser, or a platform, has put here. */
  body?: unknown;
  /** Node's own way to read without destroying the stream, and the socket with it, when reading stops early. */
  iterator?(options: { readonly destroyOnReturn: boolean }): AsyncIterable<unknown>;
  /** How Express's parsers mark that they have run. */
  _body?: boolean | undefined;
}

/**
 * Reads the body of a Node request once and leaves the parsed value at `request.body`, where the next handler, and any
 * Express parser, finds it.
 *
 * A body that was parsed before is judged as it is. A body that was read as text or bytes is put back in canonical
 * spelling, so that a second parser cannot read it differently.
 */
export function readNodeBody(request: NodeBodyRequest, maxBytes: number): BodyOutcome | Promise<BodyOutcome> {
  if (request._body === true || request.readableDidRead === true) return readParsed(request);
  if (request.headers['content-encoding'] !== undefined) return { kind: 'encoded' };
  const length = Number(request.headers['content-length']);
  if (length > maxBytes) return { kind: 'too-large' };
  return readStream(request, maxBytes);
}

function readParsed(request: NodeBodyRequest): BodyOutcome {
  const { body } = request;
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return { kind: 'json', value: body };
  const outcome = parseJsonBody(body);
  if (outcome.kind === 'json') request.body = respell(body, outcome.value);
  return outcome;
}

async function readStream(request: NodeBodyRequest, maxBytes: number): Promise<BodyOutcome> {
  const bytes = await readBytes(request, maxBytes);
  if (bytes === undefined) return { kind: 'too-large' };
  // Serverless platforms parse the body themselves and leave an empty stream
  if (bytes.byteLength === 0 && request.body !== undefined) return readParsed(request);
  const outcome = parseJsonBody(bytes);
  if (outcome.kind === 'json') {
    request.body = outcome.value;
    request._body = true;
  }
  return outcome;
}

async function readBytes(request: NodeBodyRequest, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.iterator?.({ destroyOnReturn: false }) ?? request) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : (chunk as Uint8Array);
    size += bytes.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(bytes);
  }
  return concatenate(chunks);
}

/** The same kind of value. A Buffer stays one, without naming the class, which only Node has. */
function respell(body: string | Uint8Array, value: unknown): string | Uint8Array {
  const text = JSON.stringify(value);
  if (typeof body === 'string') return text;
  const bytes = new TextEncoder().encode(text);
  return (body.constructor as typeof Uint8Array).from(bytes);
}
