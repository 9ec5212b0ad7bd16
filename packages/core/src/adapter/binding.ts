import type { AuthInfo } from '../caller/auth-info.js';
import type { Answer, HeaderList, LateRefusal } from '../http/answer.js';
import type { BodyLimits } from '../http/body-collector.js';
import type { BodyOutcome } from '../http/json-body.js';
import type { RequestHead } from '../http/request-head.js';
import type { GuardedStream } from '../streams/guarded-stream.js';

/**
 * What an adapter supplies to bind a gate to a framework.
 *
 * `Exchange` is what the framework hands to a middleware, for example `{ request, response, next }`; `Result` is
 * what the middleware returns to the framework.
 */
export interface AdapterBinding<Exchange, Result> {
  /** A view over the request; see {@link RequestHead}. Must not read the body. */
  readHead(exchange: Exchange): RequestHead;
  /** Ends the exchange with this answer, as it is; list headers are added to those already set. */
  refuse(exchange: Exchange, answer: Answer): Result;
  /** Attaches the auth info for handlers, sets `headers` on the later response, and lets the request go on. */
  proceed(exchange: Exchange, auth: AuthInfo | undefined, headers: HeaderList): Result;
  /**
   * Hands an unexpected error to the framework's error handling. It is always an `Error`, no matter what was thrown: frameworks
   * take other values for consent.
   */
  fail(exchange: Exchange, error: Error): Result;
  /** What the framework can do beyond that; each is optional. */
  readonly capabilities?: AdapterCapabilities<Exchange, Result> | undefined;
}

/** Optional powers of a framework. A feature that needs one says so in its own documentation. */
export interface AdapterCapabilities<Exchange, Result = unknown> {
  /**
   * Reads the body once, within the limits, and hands the parsed value on to the next handler. Needed for scopes per
   * operation.
   */
  readBody?(exchange: Exchange, limits: BodyLimits): BodyOutcome | Promise<BodyOutcome>;
  /**
   * Calls `proceed`, and puts the answer of `refusal` instead of the response as long as that has not begun. Needed for
   * the HTTP refusal of a handler's `requireScopes`, which is a tool error without it. Asked for POST requests only.
   */
  holdResponse?(exchange: Exchange, refusal: LateRefusal, proceed: () => Result): Result;
  /**
   * Calls `proceed`, and hands the response to `guardNodeStream` or `guardWebStream` with the stream. Needed for streams that end with
   * the right to them. Asked for every GET, and for POST requests whose response may have to end.
   */
  guardStream?(exchange: Exchange, stream: GuardedStream, proceed: () => Result): Result;
}
