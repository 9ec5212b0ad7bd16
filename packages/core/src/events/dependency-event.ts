import { type AuthServerErrorCode, MCPAuthAuthServerError } from '../errors/auth-server-error.js';
import type { EventSink } from './event-sink.js';
import type { Timing } from './timing.js';

/** What an authorization server is asked for. */
export type DependencyPurpose = 'metadata' | 'keys' | 'introspection';

/**
 * An authorization server was asked, and has answered or failed: once for each attempt, no matter how many requests wait for it. What
 * fails is a {@link FaultEvent} as well.
 */
export interface DependencyEvent extends Timing {
  readonly type: 'dependency';
  /** Identifier of the authorization server, as configured. */
  readonly issuer: string;
  /** `metadata`: its metadata document, at all places where it may be. `keys`: its key set. `introspection`: one token. */
  readonly purpose: DependencyPurpose;
  /** Why it failed. Absent where it did not. */
  readonly code?: AuthServerErrorCode;
}

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
