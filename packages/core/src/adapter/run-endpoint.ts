import type { Answer } from '../http/answer.js';
import type { AdapterBinding } from './binding.js';
import { toError } from '../errors/to-error.js';
import type { RequestHead } from '../http/request-head.js';

/** Something that answers some requests, such as those for metadata documents, and leaves the others alone. */
export interface Endpoint {
  answer(head: RequestHead): Answer | Promise<Answer> | undefined;
  /**
   * To be told, where an adapter can tell it, below which path all requests are that get here, with what to write to mount the router at
   * the root; empty for the root. Warns where clients would not find a document; looks at the first call only.
   */
  mountedBelow?(prefix: string, fix: string): void;
}

/**
 * Sends one exchange to an endpoint: what it answers is written as refusals are, everything else goes to `pass`.
 *
 * Synchronous when the answer is there already. Never rejects: an error reaches `fail`.
 *
 * @see RFC 9728 §3
 * @example
 * ```ts
 * import { runEndpoint, type AdapterBinding, type Endpoint } from '@mcp-auth/core/adapter';
 *
 * export const answerMetadata = <Exchange>(
 *   endpoint: Endpoint,
 *   binding: AdapterBinding<Exchange, void>,
 *   exchange: Exchange,
 *   next: () => void,
 * ) => runEndpoint(endpoint, binding, exchange, next);
 * ```
 */
export function runEndpoint<Exchange, Result, Passed>(
  endpoint: Endpoint,
  { readHead, refuse, fail }: Pick<AdapterBinding<Exchange, Result>, 'readHead' | 'refuse' | 'fail'>,
  exchange: Exchange,
  pass: () => Passed,
): Result | Passed | Promise<Awaited<Result>> {
  let answer: Answer | Promise<Answer> | undefined;
  try {
    answer = endpoint.answer(readHead(exchange));
  } catch (error) {
    return fail(exchange, toError(error));
  }
  if (answer === undefined) return pass();
  if (!(answer instanceof Promise)) return refuse(exchange, answer);
  return answer.then(
    (settled) => refuse(exchange, settled),
    (error: unknown) => fail(exchange, toError(error)),
  ) as Promise<Awaited<Result>>;
}
