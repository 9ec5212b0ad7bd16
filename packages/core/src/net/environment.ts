import type { EventSink } from '../events/event-sink.js';
import type { FetchFunction } from './fetch-json.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import type { Keyring } from '../secrets/keyring.js';
import type { AnswerStore } from '../stores/answer-store.js';
import type { StoreGuard } from '../stores/store-guard.js';
import { ignoreRejection } from '../errors/promises.js';
import { describeValue } from '../errors/describe-value.js';

/** What an authorization server needs of its surroundings. */
export interface ServerEnvironment {
  readonly fetch: FetchFunction;
  /** Milliseconds since the epoch. */
  readonly now: Clock;
  readonly events: EventSink;
  /** Where processes share what servers say of tokens. */
  readonly answers?: AnswerAccess | undefined;
}

/** A store of answers, and what keeps it from being believed. */
export interface AnswerAccess {
  readonly store: AnswerStore;
  readonly guard: StoreGuard;
  readonly keyring: Keyring;
  /** Identifier of the resource that the answers are for. */
  readonly resource?: string | undefined;
}

/** Milliseconds since the epoch, from a clock that tests can move. */
export type Clock = () => number;

/**
 * The clock of a configuration. One that does not tell the time must not make every comparison with it false, and so every
 * token current: it is an error of the server.
 *
 * The clock it gives throws `MCPAuthConfigError` (`invalid_option`) where a function returns anything but a finite number.
 */
export function checkedClock(now: Clock | undefined): Clock {
  if (now === undefined) return Date.now;
  return () => {
    const reading: unknown = now();
    if (Number.isFinite(reading)) return reading as number;
    ignoreRejection(reading);
    throw new MCPAuthConfigError(
      'invalid_option',
      'now',
      `must return milliseconds since the epoch, but what it returned is ${describeValue(reading)}.`,
    );
  };
}
