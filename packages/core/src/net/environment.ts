import type { EventSink } from '../events/event-sink.js';
import type { FetchFunction } from './fetch-json.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { ignoreRejection } from '../errors/promises.js';
import { describeValue } from '../errors/describe-value.js';

/** What an authorization server needs of its surroundings. */
export interface ServerEnvironment {
  readonly fetch: FetchFunction;
  /** Milliseconds since the epoch. */
  readonly now: Clock;
  readonly events: EventSink;
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
