import type { LateRefusal } from '../context/late-refusal.js';
import type { AuthInfo } from '../gate/auth-info.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { AllowDecision, Decision } from '../gate/decision.js';
import type { Gate } from '../gate/gate.js';
import type { Answer, HeaderList } from './answer.js';
import type { BodyOutcome } from './body-outcome.js';
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
  readonly capabilities?: AdapterCapabilities<Exchange, Result> | undefined;
}

/** Optional powers of a framework. A feature that needs one says so in its own documentation. */
export interface AdapterCapabilities<Exchange, Result = unknown> {
  /**
   * Reads the body once, within the limit, and hands the parsed value on to the next handler. Needed for scopes per
   * operation.
   */
  readBody?(exchange: Exchange, maxBytes: number): BodyOutcome | Promise<BodyOutcome>;
  /**
   * Calls `proceed`, and puts the answer of `refusal` in the place of the response as long as that has not begun. Needed for
   * the HTTP refusal of a handler's `requireScopes`, which is a tool error without it. Asked for POST requests only.
   */
  holdResponse?(exchange: Exchange, refusal: LateRefusal, proceed: () => Result): Result;
  /** Calls back when the response has begun. */
  onResponse?(exchange: Exchange, listener: () => void): void;
  /** Keeps the process or isolate alive until the promise settles. */
  waitUntil?(exchange: Exchange, promise: Promise<unknown>): void;
  /** The client's certificate in DER, where TLS ends in this process. */
  clientCertificate?(exchange: Exchange): Uint8Array | undefined;
}

/** Largest body that is read for an operation policy unless the route says otherwise: 4 MiB, as the official SDK's own limit. */
export const defaultMaxBodyBytes = 4 * 1024 * 1024;

/**
 * Sends one exchange through a gate: the whole logic of a middleware. Synchronous when the gate is.
 *
 * Never throws and never rejects because of the request: whatever goes wrong before the handler runs reaches `fail`.
 */
export function runGate<Exchange, Result>(
  gate: Gate,
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
): Result | Promise<Awaited<Result>> {
  return conclude(
    binding,
    exchange,
    (head) =>
      then(gate.authenticate(head), (decision) => {
        if (decision.kind === 'refuse' || decision.next === 'proceed') return decision;
        return then(askSecondQuestion(gate, binding, exchange, head, decision), (second) =>
          second.kind === 'allow' ? { ...second, headers: [...decision.headers, ...second.headers] } : second,
        );
      }),
    (head, decision) => enter(gate, binding, exchange, head, decision),
  );
}

/**
 * The first question alone, for frameworks that parse the body between two hooks; `proceed` is called where the request may
 * go on. For each decision that `onPending` gets, {@link runAuthorize} must follow before the handler.
 */
export function runAuthenticate<Exchange, Result>(
  gate: Gate,
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
  onPending: (decision: AllowDecision) => void,
): Result | Promise<Awaited<Result>> {
  return conclude(
    binding,
    exchange,
    (head) => gate.authenticate(head),
    (_head, decision) => {
      if (decision.next === 'authorize' || gate.authContext !== undefined) onPending(decision);
      return binding.proceed(exchange, decision.auth, decision.headers);
    },
  );
}

/**
 * The second question, where it is still open, and the route's async context; see {@link runAuthenticate}, which has set the
 * fields of the first answer.
 */
export function runAuthorize<Exchange, Result>(
  gate: Gate,
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
  pending: AllowDecision,
): Result | Promise<Awaited<Result>> {
  return conclude(
    binding,
    exchange,
    (head) =>
      pending.next === 'authorize'
        ? askSecondQuestion(gate, binding, exchange, head, pending)
        : { ...pending, headers: [] },
    (head, decision) => enter(gate, binding, exchange, head, decision),
  );
}

function askSecondQuestion<Exchange>(
  gate: Gate,
  { capabilities }: Pick<AdapterBinding<Exchange, unknown>, 'capabilities'>,
  exchange: Exchange,
  head: RequestHead,
  pending: AllowDecision,
): Decision | Promise<Decision> {
  if (capabilities?.readBody === undefined) {
    throw new MCPAuthConfigError(
      'unsupported_option',
      'operations',
      'needs an adapter that can read bodies (capabilities.readBody).',
    );
  }
  return then(capabilities.readBody(exchange, gate.maxBodyBytes), (body) =>
    gate.authorize(head, pending.auth, body),
  );
}

/** Lets the request go on, inside the route's async context where it has one. */
function enter<Exchange, Result>(
  gate: Gate,
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
  head: RequestHead,
  allowed: AllowDecision,
): Result {
  const { capabilities } = binding;
  const goOn = () => binding.proceed(exchange, allowed.auth, allowed.headers);
  if (gate.authContext === undefined) return goOn();
  const call = gate.openCall(head, allowed);
  return gate.authContext.run(call, () => {
    if (head.method === 'POST' && capabilities?.holdResponse !== undefined) {
      return capabilities.holdResponse(exchange, call, goOn);
    }
    call.settle();
    return goOn();
  });
}

/** Decides, then acts. Errors of the decision reach `fail`; errors of the handlers behind `proceed` are not ours. */
function conclude<Exchange, Result>(
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
  decide: (head: RequestHead) => Decision | Promise<Decision>,
  allow: (head: RequestHead, decision: AllowDecision) => Result,
): Result | Promise<Awaited<Result>> {
  let head: RequestHead;
  let decision: Decision | Promise<Decision>;
  try {
    head = binding.readHead(exchange);
    decision = decide(head);
  } catch (error) {
    return binding.fail(exchange, error);
  }
  const act = (settled: AllowDecision) => allow(head, settled);
  if (!(decision instanceof Promise)) return settle(binding, exchange, decision, act);
  return decision.then(
    (settled) => settle(binding, exchange, settled, act),
    (error: unknown) => binding.fail(exchange, error),
  ) as Promise<Awaited<Result>>;
}

function settle<Exchange, Result>(
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
  decision: Decision,
  allow: (decision: AllowDecision) => Result,
): Result {
  try {
    return decision.kind === 'allow' ? allow(decision) : binding.refuse(exchange, decision);
  } catch (error) {
    return binding.fail(exchange, error);
  }
}

function then<T, U>(value: T | Promise<T>, next: (value: T) => U | Promise<U>): U | Promise<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}
