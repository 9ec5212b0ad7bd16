import type { AuthServerErrorCode } from '../errors/auth-server-error.js';
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
