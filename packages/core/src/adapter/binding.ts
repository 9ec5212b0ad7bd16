import type { AuthInfo } from '../gate/auth-info.js';
import type { Decision } from '../gate/decision.js';
import type { Gate } from '../gate/gate.js';
import type { Answer, HeaderList } from './answer.js';
import type { RequestHead } from './request-head.js';

/** Version of the adapter interface; it grows with every change that an existing adapter would have to follow. */
export const adapterInterfaceVersion = 1;

/**
 * What an adapter supplies to bind a gate to a framework.
 *
 * `Exchange` is whatever the framework hands to a middleware, for example `{ request, response, next }`; `Result` is
 * what the middleware returns to the framework.
 */
export interface AdapterBinding<Exchange, Result> {
  readonly interfaceVersion: typeof adapterInterfaceVersion;
  /** A view over the request; see {@link RequestHead}. Must not read the body. */
  readHead(exchange: Exchange): RequestHead;
  /** Ends the exchange with this answer, as it is; list fields are added to those already set. */
  refuse(exchange: Exchange, answer: Answer): Result;
  /** Attaches the auth info for handlers, sets `headers` on the later response, and lets the request go on. */
  proceed(exchange: Exchange, auth: AuthInfo | undefined, headers: HeaderList): Result;
  /** Hands an unexpected error to the framework's error handling. */
  fail(exchange: Exchange, error: unknown): Result;
  /** What the framework can do beyond that; each is optional. */
  readonly capabilities?: AdapterCapabilities<Exchange> | undefined;
}

/** Optional powers of a framework. A feature that needs one says so in its own documentation. */
export interface AdapterCapabilities<Exchange> {
  /** Reads the body once, within the limit, and hands the parsed value on to the next handler. */
  readBody?(exchange: Exchange, maxBytes: number): unknown;
  /** Runs the rest of the exchange inside an async context. */
  runInContext?<T>(exchange: Exchange, run: () => T): T;
  /** Calls back when the response has begun. */
  onResponse?(exchange: Exchange, listener: () => void): void;
  /** Keeps the process or isolate alive until the promise settles. */
  waitUntil?(exchange: Exchange, promise: Promise<unknown>): void;
  /** The client's certificate in DER, where TLS ends in this process. */
  clientCertificate?(exchange: Exchange): Uint8Array | undefined;
}

/**
 * Sends one exchange through a gate: the whole logic of a middleware. Synchronous when the gate is.
 *
 * Never throws and never rejects: whatever goes wrong reaches `fail`.
 */
export function runGate<Exchange, Result>(
  gate: Gate,
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
): Result | Promise<Awaited<Result>> {
  let decision: Decision | Promise<Decision>;
  try {
    decision = gate.authenticate(binding.readHead(exchange));
  } catch (error) {
    return binding.fail(exchange, error);
  }
  if (!(decision instanceof Promise)) return settle(binding, exchange, decision);
  return decision.then(
    (settled) => settle(binding, exchange, settled),
    (error: unknown) => binding.fail(exchange, error),
  ) as Promise<Awaited<Result>>;
}

function settle<Exchange, Result>(
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
  decision: Decision,
): Result {
  return decision.kind === 'allow'
    ? binding.proceed(exchange, decision.auth, decision.headers)
    : binding.refuse(exchange, decision);
}
