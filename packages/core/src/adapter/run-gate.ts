import type { AuthContext } from '../context/auth-context.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { toError } from '../errors/to-error.js';
import type { AllowDecision, Decision } from '../gate/decision.js';
import type { Gate } from '../gate/gate.js';
import type { RequestHead } from '../http/request-head.js';
import type { AdapterBinding } from './binding.js';

/**
 * Sends one exchange through a gate: the whole logic of a middleware. Synchronous when the gate is.
 *
 * Never throws and never rejects because of the request: anything that goes wrong before the handler runs reaches `fail`.
 *
 * @see RFC 6750 §3
 * @see RFC 9728 §5.1
 * @example
 * ```ts
 * import { runGate, type AdapterBinding, type Gate } from '@mcp-auth/core/adapter';
 *
 * export const protect =
 *   <Exchange>(gate: Gate, binding: AdapterBinding<Exchange, void>) =>
 *   (exchange: Exchange) =>
 *     runGate(gate, binding, exchange);
 * ```
 */
export function runGate<Exchange, Result>(
  gate: Gate,
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
): Result | Promise<Awaited<Result>> {
  const ask = (head: RequestHead) => {
    const decision = gate.authenticate(head);
    return decision instanceof Promise || isOpen(decision)
      ? decideInFull(gate, binding, exchange, head, decision)
      : decision;
  };
  return run(binding, exchange, ask, (head, decision) => act(gate, binding, exchange, head, decision));
}

/**
 * The first question alone, for frameworks that parse the body between two hooks; `proceed` is called where the request may
 * go on. For each decision that `onPending` gets, {@link runAuthorize} must follow before the handler.
 *
 * @see RFC 6750 §3.1
 * @example
 * ```ts
 * import { runAuthenticate, runAuthorize, type AdapterBinding, type AllowDecision, type Gate } from '@mcp-auth/core/adapter';
 *
 * export function createHooks<Exchange extends object>(gate: Gate, binding: AdapterBinding<Exchange, void>) {
 *   const pending = new WeakMap<Exchange, AllowDecision>();
 *   return {
 *     beforeBody: (exchange: Exchange) =>
 *       runAuthenticate(gate, binding, exchange, (decision) => pending.set(exchange, decision)),
 *     beforeHandler: (exchange: Exchange) => {
 *       const decision = pending.get(exchange);
 *       return decision && runAuthorize(gate, binding, exchange, decision);
 *     },
 *   };
 * }
 * ```
 */
export function runAuthenticate<Exchange, Result>(
  gate: Gate,
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
  onPending: (decision: AllowDecision, exchange: Exchange) => void,
): Result | Promise<Awaited<Result>> {
  const ask = (head: RequestHead) => gate.authenticate(head);
  return run(binding, exchange, ask, (head, decision) => {
    if (decision.kind === 'refuse') return binding.refuse(exchange, decision);
    if (decision.next !== 'authorize' && gate.authContext === undefined)
      return letPass(gate, binding, exchange, head, decision);
    onPending(decision, exchange);
    return binding.proceed(exchange, decision.auth, decision.headers);
  });
}

/**
 * The second question, where it is still open, and the route's async context; see {@link runAuthenticate}, which has set the
 * headers of the first answer.
 *
 * @see MCP Authorization, Runtime Insufficient Scope Errors
 * @example
 * ```ts
 * import { runAuthorize, type AdapterBinding, type AllowDecision, type Gate } from '@mcp-auth/core/adapter';
 *
 * export const beforeHandler = <Exchange>(
 *   gate: Gate,
 *   binding: AdapterBinding<Exchange, void>,
 *   exchange: Exchange,
 *   pending: AllowDecision,
 * ) => runAuthorize(gate, binding, exchange, pending);
 * ```
 */
export function runAuthorize<Exchange, Result>(
  gate: Gate,
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
  pending: AllowDecision,
): Result | Promise<Awaited<Result>> {
  const ask = (head: RequestHead) =>
    pending.next === 'authorize'
      ? askSecondQuestion(gate, binding, exchange, head, pending)
      : { ...pending, headers: [] };
  return run(binding, exchange, ask, (head, decision) => act(gate, binding, exchange, head, decision));
}

type Act<Result> = (head: RequestHead, decision: Decision) => Result;

/** Asks, and acts on the answer: immediately where it is already there. Errors of both reach `fail`. */
function run<Exchange, Result>(
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
  ask: (head: RequestHead) => Decision | Promise<Decision>,
  actOn: Act<Result>,
): Result | Promise<Awaited<Result>> {
  try {
    const head = binding.readHead(exchange);
    const decision = ask(head);
    if (!(decision instanceof Promise)) return actOn(head, decision);
    return finish(binding, exchange, head, decision, actOn);
  } catch (error) {
    return binding.fail(exchange, toError(error));
  }
}

async function finish<Exchange, Result>(
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
  head: RequestHead,
  pending: Promise<Decision>,
  actOn: Act<Result>,
): Promise<Awaited<Result>> {
  let result: Result;
  try {
    result = actOn(head, await pending);
  } catch (error) {
    result = binding.fail(exchange, toError(error));
  }
  // What goes wrong behind proceed is not ours
  return await result;
}

/** Whether the second question is left to ask. */
function isOpen(decision: Decision): decision is AllowDecision {
  return decision.kind === 'allow' && decision.next === 'authorize';
}

/** Both questions, where the answer to the first has to be waited for or leaves the second open. */
async function decideInFull<Exchange>(
  gate: Gate,
  binding: AdapterBinding<Exchange, unknown>,
  exchange: Exchange,
  head: RequestHead,
  pending: Decision | Promise<Decision>,
): Promise<Decision> {
  const first = await pending;
  if (!isOpen(first)) return first;
  const second = await askSecondQuestion(gate, binding, exchange, head, first);
  return second.kind === 'allow' ? { ...second, headers: [...first.headers, ...second.headers] } : second;
}

function askSecondQuestion<Exchange>(
  gate: Gate,
  { capabilities }: AdapterBinding<Exchange, unknown>,
  exchange: Exchange,
  head: RequestHead,
  { auth }: AllowDecision,
): Decision | Promise<Decision> {
  if (capabilities?.readBody === undefined) {
    throw new MCPAuthConfigError(
      'unsupported_option',
      'operations',
      'needs an adapter that can read bodies (capabilities.readBody).',
    );
  }
  const body = capabilities.readBody(exchange, gate.bodyLimits(auth));
  return body instanceof Promise
    ? body.then((read) => gate.authorize(head, auth, read))
    : gate.authorize(head, auth, body);
}

/** Carries a final decision out. */
function act<Exchange, Result>(
  gate: Gate,
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
  head: RequestHead,
  decision: Decision,
): Result {
  if (decision.kind === 'refuse') return binding.refuse(exchange, decision);
  return gate.authContext === undefined
    ? letPass(gate, binding, exchange, head, decision)
    : enterContext(gate, gate.authContext, binding, exchange, head, decision);
}

/** Lets the request go on, and sees to it that its stream ends with its right. */
function letPass<Exchange, Result>(
  gate: Gate,
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
  head: RequestHead,
  allowed: AllowDecision,
): Result {
  const { capabilities } = binding;
  const stream = gate.guardStream(head, allowed);
  if (stream === undefined) return binding.proceed(exchange, allowed.auth, allowed.headers);
  const goOn = () => binding.proceed(exchange, allowed.auth, allowed.headers);
  if (capabilities?.guardStream !== undefined) return capabilities.guardStream(exchange, stream, goOn);
  if (!gate.endsCalls) return goOn();
  throw new MCPAuthConfigError(
    'unsupported_option',
    'streams',
    "cannot be 'end' with an adapter that does not guard streams (capabilities.guardStream).",
  );
}

/** Lets the request go on inside the route's async context. */
function enterContext<Exchange, Result>(
  gate: Gate,
  context: AuthContext,
  binding: AdapterBinding<Exchange, Result>,
  exchange: Exchange,
  head: RequestHead,
  allowed: AllowDecision,
): Result {
  const { capabilities } = binding;
  const goOn = () => letPass(gate, binding, exchange, head, allowed);
  const call = gate.openCall(head, allowed);
  return context.run(call, () => {
    if (head.method === 'POST' && capabilities?.holdResponse !== undefined) {
      return capabilities.holdResponse(exchange, call, goOn);
    }
    call.settle();
    return goOn();
  });
}
