import { type AuthServerErrorCode, MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import type { DependencyPurpose } from './dependency-event.js';
import type { EventSink } from './event-sink.js';

/** Runs one attempt and tells how it went, while somebody listens. */
export function watch<T>(
  events: EventSink,
  issuer: string,
  purpose: DependencyPurpose,
  attempt: () => Promise<T>,
): Promise<T> {
  const stop = events.startTiming();
  if (stop === undefined) return attempt();
  const tell = (failure?: { readonly code: AuthServerErrorCode }) =>
    events.emit({ type: 'dependency', issuer, purpose, ...failure, ...stop() });
  return attempt().then(
    (result) => {
      tell();
      return result;
    },
    (error: unknown) => {
      tell({ code: error instanceof MCPAuthAuthServerError ? error.code : 'request_failed' });
      throw error;
    },
  );
}
