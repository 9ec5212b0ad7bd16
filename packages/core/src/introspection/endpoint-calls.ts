import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import { CircuitBreaker, type Permit } from '../net/circuit-breaker.js';
import type { Clock } from '../net/environment.js';
import { mayShareCalls } from '../net/fetch-json.js';
import type { IntrospectionAnswer } from './introspection-response.js';

export interface EndpointCallsOptions {
  /** Calls at the same time, 2 or more; the one about a made-up token comes on top. */
  readonly maxConcurrentCalls: number;
  /** Milliseconds after which a call is lost. */
  readonly maxCallMs: number;
  readonly now: Clock;
  /** Asks about a token that nobody holds: rejects when the endpoint fails with that one too. */
  readonly probe: () => Promise<unknown>;
}

/** What became of a question. */
export type CallResult =
  | { readonly kind: 'answered'; readonly answer: IntrospectionAnswer }
  | { readonly kind: 'stopped'; readonly retryAfterSeconds: number }
  | {
      readonly kind: 'failed';
      readonly cause: unknown;
      /** Whether it counted against the endpoint, which happens a bounded number of times. */
      readonly isCounted: boolean;
      /** Whether the token may be at fault: the endpoint answered, with an error other than 429. */
      readonly mayBeToken: boolean;
      readonly retryAfterSeconds: number;
    };

const waitingPerCall = 32;
const probeIntervalMs = 10_000;

/** No connection, or no answer in time: what no token can do. */
const unreachable: ReadonlySet<unknown> = new Set(['request_timeout', 'request_failed']);

/**
 * Calls to one introspection endpoint, in two lanes: about tokens that were active when last asked about, and about all others.
 * Each lane has half of the calls at a time, its own queue and its own circuit breaker, so that whoever makes up tokens waits
 * behind others who do, and stops nobody else.
 *
 * No connection and no answer in time count against the endpoint in both lanes. An error that it answers with counts when the
 * token was active before. About any other token nobody knows whose fault it is: a made-up token is asked about, at most
 * once in 10 seconds, and where that fails too, errors count until the endpoint answers again. 429 asks for fewer calls, and stops the lane of unseen tokens for a moment.
 */
export class EndpointCalls {
  readonly #seen: CircuitBreaker;
  readonly #unseen: CircuitBreaker;
  readonly #options: EndpointCallsOptions;
  #probedAt = -Infinity;
  /** Whether the last probe failed, and nothing was answered since. */
  #probeFailed = false;

  constructor(options: EndpointCallsOptions) {
    this.#options = options;
    const { maxConcurrentCalls, maxCallMs, now } = options;
    const lane = (maxConcurrent: number) =>
      new CircuitBreaker({
        maxConcurrent,
        maxWaiting: mayShareCalls() ? maxConcurrent * waitingPerCall : 0,
        maxCallMs,
        now,
      });
    this.#seen = lane(Math.floor(maxConcurrentCalls / 2));
    this.#unseen = lane(Math.ceil(maxConcurrentCalls / 2));
  }

  /** @param wasActive - whether the token was active when the endpoint last answered about it */
  async run(wasActive: boolean, call: () => Promise<IntrospectionAnswer>): Promise<CallResult> {
    const [lane, other] = wasActive ? [this.#seen, this.#unseen] : [this.#unseen, this.#seen];
    const permit = await lane.enter();
    if (permit === undefined) return { kind: 'stopped', retryAfterSeconds: lane.retryAfterSeconds };
    try {
      const answer = await call();
      permit.settle('succeeded');
      other.succeedElsewhere();
      this.#probeFailed = false;
      return { kind: 'answered', answer };
    } catch (cause) {
      const isCounted = await this.#judge(permit, wasActive, cause);
      const mayBeToken = isAnswer(cause);
      return { kind: 'failed', cause, isCounted, mayBeToken, retryAfterSeconds: lane.retryAfterSeconds };
    }
  }

  /** Whether a failure counts against the endpoint. */
  #judge(permit: Permit, wasActive: boolean, cause: unknown): boolean | Promise<boolean> {
    const { code, details } = cause instanceof MCPAuthAuthServerError ? cause : failed;
    if (code === 'introspection_refused') {
      permit.settle('succeeded');
      return false;
    }
    if (wasActive || unreachable.has(code)) {
      permit.settle('failed');
      (wasActive ? this.#unseen : this.#seen).failElsewhere();
      return true;
    }
    if (this.#probeFailed) {
      permit.settle('failed');
      return true;
    }
    if (details?.status === 429) {
      permit.settle('undecided');
      this.#unseen.open();
      return true;
    }
    const now = this.#options.now();
    // A clock that was set back must not put off the next for as long
    if (now - this.#probedAt < probeIntervalMs && now >= this.#probedAt) {
      permit.settle('undecided');
      return false;
    }
    this.#probedAt = now;
    return this.#probe(permit);
  }

  /** Whether the endpoint fails with a token that nobody holds; no other unseen token is sent meanwhile. */
  async #probe(permit: Permit): Promise<boolean> {
    this.#unseen.hold();
    try {
      await this.#options.probe();
      permit.settle('succeeded');
      return false;
    } catch {
      this.#probeFailed = true;
      permit.settle('failed');
      this.#unseen.failElsewhere();
      this.#seen.failElsewhere();
      return true;
    } finally {
      this.#unseen.release();
    }
  }
}

/** An error of another kind comes from the fetch function. */
const failed = { code: 'request_failed', details: undefined } as const;

/** Whether the endpoint answered with an error. Credentials that could not be made have no status: nothing was sent. */
function isAnswer(cause: unknown): boolean {
  const { code, details } = cause instanceof MCPAuthAuthServerError ? cause : failed;
  if (code === 'introspection_unauthorized' && details?.status === undefined) return false;
  return !unreachable.has(code) && details?.status !== 429;
}
