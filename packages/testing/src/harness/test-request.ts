import { checkOptions } from '../check-options.js';

/** One request to a server under test. */
export interface TestRequest {
  /** Default: `POST` where there is a body or a call, otherwise `GET`. */
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  /** Sent as `Authorization: Bearer`, or `DPoP` where there is a proof. */
  readonly token?: string | undefined;
  /** The `DPoP` header: what `prove` of a prover returns. */
  readonly proof?: string | undefined;
  /** An MCP request, sent as JSON-RPC instead of a body: `{ method: 'tools/call', params: { name: 'whoami' } }`. */
  readonly call?: TestCall | undefined;
}

/** One MCP request. */
export interface TestCall {
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

/** A server under test. */
export interface TestServer {
  /** Where it is reached, without a slash at the end. */
  readonly origin: string;
  /** Sends a request to a path. */
  request(path: string, request?: TestRequest): Promise<Response>;
  /** Ends what the harness has started. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A request as each framework can take it. */
export interface SentRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

const known = [
  'method',
  'headers',
  'body',
  'token',
  'proof',
  'call',
] as const satisfies readonly (keyof TestRequest)[];

export function toSentRequest(request: TestRequest): SentRequest {
  checkOptions('request', request, known);
  const { token, proof, call, headers } = request;
  checkCredential('token', token);
  checkCredential('proof', proof);
  const body = call === undefined ? request.body : JSON.stringify({ jsonrpc: '2.0', id: 1, ...call });
  return {
    method: request.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      // MCP, Streamable HTTP: a client takes both
      ...(call === undefined
        ? undefined
        : { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }),
      ...(token === undefined
        ? undefined
        : { authorization: `${proof === undefined ? 'Bearer' : 'DPoP'} ${token}` }),
      ...(proof === undefined ? undefined : { dpop: proof }),
      ...headers,
    },
    ...(body === undefined ? undefined : { body }),
  };
}

/** `[object Promise]` is refused too, and the test would be content. */
function checkCredential(name: 'token' | 'proof', value: unknown): void {
  if (value === undefined || (typeof value === 'string' && value !== '')) return;
  const what = value instanceof Promise ? 'a promise: await it first' : 'not a string with something in it';
  throw new TypeError(`request: ${name} is ${what}. What else a server must refuse goes into headers.`);
}

/** A server that is asked in this way. */
export function toServer(
  origin: string,
  send: (path: string, request: SentRequest) => Promise<Response>,
  close: () => Promise<void>,
): TestServer {
  return {
    origin,
    request: async (path, request = {}) => send(path, toSentRequest(request)),
    close,
    [Symbol.asyncDispose]: close,
  };
}
