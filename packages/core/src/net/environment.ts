import type { EventSink } from '../events/event-sink.js';
import type { FetchFunction } from './fetch-json.js';
import type { Clock } from './clock.js';
import { MCPAuthAuthServerError } from '../errors/auth-server-error.js';

/** What an authorization server needs of its surroundings. */
export interface ServerEnvironment {
  readonly fetch: FetchFunction;
  /** Milliseconds since the epoch. */
  readonly now: Clock;
  readonly events: EventSink;
}

export interface UnavailableMetadata {
  readonly kind: 'unavailable';
  readonly error: MCPAuthAuthServerError;
  readonly retryAfterSeconds: number;
}
