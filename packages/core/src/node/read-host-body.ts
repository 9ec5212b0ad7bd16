import type { BodyLimits } from '../http/body-collector.js';
import { type BodyOutcome, judgeBodyHeaders } from '../http/json-body.js';
import { collectNodeBody } from './collect-node-body.js';
import { findHostRequest, type HostedRequest, type HostRequest, type RequestMake } from './host-request.js';
import { readBodyHeaders } from './read-node-body.js';

/**
 * Reads the body of a web-standard Request from the Node request that it was made of, in a fraction of the time, and leaves the parsed
 * value with both: whoever reads either of them afterwards, as JSON, text, bytes, a stream or a clone, gets what was judged, in canonical
 * spelling, which is written when somebody asks for it.
 *
 * Checks: nobody has read the request or put another in its place; the server reads back what is left with its requests.
 *
 * @param response - when it closes, nobody can read the body any more
 * @returns nothing where that cannot be done, and nothing was read then: `readWebBody` can do it
 * @see RFC 8259 §8.1
 * @example
 * ```ts
 * import type { BodyLimits } from '@mcp-auth/core/adapter';
 * import { readHostBody } from '@mcp-auth/core/node';
 * import { readWebBody } from '@mcp-auth/core/web';
 *
 * // capabilities.readBody of a binding
 * export const readBody = async (request: Request, limits: BodyLimits) =>
 *   (await readHostBody(request, limits, undefined)) ?? readWebBody(request, limits);
 * ```
 */
export async function readHostBody(
  request: Request,
  limits: BodyLimits,
  response: ClosingResponse | undefined,
): Promise<BodyOutcome | undefined> {
  const hosted = findHostRequest(request);
  if (hosted === undefined || request.method !== 'POST' || !isUnread(hosted.incoming)) return undefined;
  if (!(await readsBack(request, hosted.make))) return undefined;
  // While that was found out for the first time, somebody else may have begun
  if (findHostRequest(request) === undefined || !isUnread(hosted.incoming)) return undefined;
  return collect(request, hosted, limits, response);
}

async function collect(
  request: Request,
  { incoming, isUntouched }: HostedRequest,
  limits: BodyLimits,
  response: ClosingResponse | undefined,
): Promise<BodyOutcome> {
  // What a middleware has changed counts, for handlers see that too
  const headers = isUntouched ? readBodyHeaders(incoming) : readBodyHeaders(toRecord(request.headers));
  const problem = judgeBodyHeaders(headers, limits.maxBytes);
  if (problem !== undefined) return problem;
  const outcome = await collectNodeBody(incoming, limits, (collector) => collector.finish());
  const after = findHostRequest(request);
  // A clone that was made meanwhile has taken its part of the stream, and would show another body than the one that is judged
  if (after === undefined) throw new Error('The body was read by somebody else while it was judged.');
  if (outcome.kind === 'json' && headers.contentType === undefined) return { kind: 'wrong-type' };
  if (outcome.kind === 'json') {
    const judged = new JudgedBody(outcome.value);
    leaveBody(incoming, judged);
    forgetLength(request, incoming, after.isUntouched);
    // Not through text, which takes as long as the judging
    Object.defineProperty(request, 'json', { value: () => judged.json(), configurable: true });
    response?.on('close', () => judged.forget());
  }
  if (outcome.kind === 'empty') leaveBody(incoming, new JudgedBody(undefined));
  return outcome;
}

/** Nobody has read from the stream, and no parser or platform has left anything. */
function isUnread(incoming: HostRequest): boolean {
  return incoming.readableDidRead === false && !('rawBody' in incoming) && !('body' in incoming);
}

/** What was judged, for as long as somebody may read it. */
class JudgedBody {
  #value: unknown;
  #bytes: Uint8Array | undefined;
  #isOver = false;

  /** @param value - `undefined` stands for no body */
  constructor(value: unknown) {
    this.#value = value;
  }

  json(): Promise<unknown> {
    return this.#isOver ? Promise.reject(new TypeError('Body is unusable')) : Promise.resolve(this.#value);
  }

  /** In canonical spelling; nothing any more when the response is over. */
  get bytes(): Uint8Array | undefined {
    if (this.#isOver) return undefined;
    return (this.#bytes ??= Bytes?.from(this.#value === undefined ? '' : JSON.stringify(this.#value)));
  }

  /** Servers keep requests for a while: what they hold would be copied again and again by the collector of garbage. */
  forget(): void {
    this.#isOver = true;
    this.#value = this.#bytes = undefined;
  }
}

/** Where `@hono/node-server` looks first: serverless platforms that have read a body leave it there. */
function leaveBody(incoming: object, judged: JudgedBody): void {
  Object.defineProperty(incoming, 'rawBody', { get: () => judged.bytes, configurable: true });
}

/** What tells that a response is over. */
export interface ClosingResponse {
  on(event: 'close', listener: () => void): unknown;
}

const lengthHeaders: ReadonlySet<string> = new Set([
  'content-length',
  'content-encoding',
  'transfer-encoding',
]);

/** The value may take more or fewer bytes than what came. */
function forgetLength(request: Request, incoming: HostRequest, isUntouched: boolean): void {
  const lines = incoming.rawHeaders as string[];
  for (let index = lines.length - 2; index >= 0; index -= 2) {
    const name = lines[index]?.toLowerCase() ?? '';
    if (!lengthHeaders.has(name)) continue;
    lines.splice(index, 2);
    Reflect.deleteProperty(incoming.headers, name);
  }
  if (isUntouched) return;
  for (const name of lengthHeaders) if (request.headers.has(name)) request.headers.delete(name);
}

function toRecord(headers: Headers): Pick<HostRequest, 'headers'> {
  const read = (name: string) => headers.get(name) ?? undefined;
  return {
    headers: {
      'content-type': read('content-type'),
      'content-encoding': read('content-encoding'),
      'content-length': read('content-length'),
    },
  };
}

/** Node's Buffer, without naming the module, which only Node has. */
const { Buffer: Bytes } = globalThis as { readonly Buffer?: { from(text: string): Uint8Array } };

const answers = new WeakMap<object, Promise<boolean> | boolean>();

/** Whether the requests of a server show what is left with the Node request they are made of, however they are read. */
function readsBack(request: Request, make: RequestMake): Promise<boolean> | boolean {
  const { prototype } = make;
  if (prototype === null || Bytes === undefined) return false;
  const known = answers.get(prototype);
  if (known !== undefined) return known;
  const asked = tryToRead(request, make).then(
    (isSo) => isSo,
    () => false,
  );
  answers.set(prototype, asked);
  void asked.then((isSo) => answers.set(prototype, isSo));
  return asked;
}

const sample = '{"a":[1,"\u00e9"]}';

/** With requests of its make that nobody has sent: one for each way, because a body is read once. */
async function tryToRead(request: Request, make: RequestMake): Promise<boolean> {
  const read = [
    (probe: Request) => probe.text(),
    async (probe: Request) => JSON.stringify(await probe.json()),
    async (probe: Request) => new TextDecoder().decode(await probe.arrayBuffer()),
    (probe: Request) => probe.blob().then((blob) => blob.text()),
    (probe: Request) => probe.clone().text(),
    (probe: Request) => new Response(probe.body).text(),
  ];
  for (const way of read) {
    const text = await way(createProbe(request, make));
    if (text !== sample) return false;
  }
  return true;
}

function createProbe(request: Request, { prototype, incomingKey }: RequestMake): Request {
  const probe = Object.create(prototype) as Record<symbol, unknown>;
  const { method, url } = request;
  for (const key of Object.getOwnPropertySymbols(request)) {
    const value: unknown = Reflect.get(request, key);
    // Of the request itself nothing is taken over: what it says must not decide about those that follow
    if (value === method) probe[key] = 'POST';
    else if (value === url) probe[key] = 'http://localhost/';
  }
  const incoming = {
    method: 'POST',
    url: '/',
    headers: { host: 'localhost', 'content-type': 'application/json' },
    rawHeaders: ['host', 'localhost', 'content-type', 'application/json'],
    socket: {},
  };
  leaveBody(incoming, new JudgedBody(JSON.parse(sample)));
  probe[incomingKey] = incoming;
  return probe as unknown as Request;
}
