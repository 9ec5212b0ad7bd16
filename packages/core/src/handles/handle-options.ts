import { object } from '../config/check-options.js';
import { kind, number, oneOf, synchronous, text } from '../config/kinds.js';
import { observe, type ObserveOptions } from '../config/observe.js';
import { operationPolicy } from '../config/operation-policy.js';
import { secretList } from '../config/secrets.js';
import type { OperationPolicy } from '../operation/operation-policy.js';
import type { HandleBinding } from './principal.js';

/** Options of {@link Handles}. */
export interface HandleOptions {
  /**
   * Identifier of the resource whose callers make handles; one of those that are configured. Default: the configured resource, where
   * there is one; with several, none.
   */
  readonly resource?: string | undefined;
  /**
   * What handles are sealed with: strings, or bytes, of at least 32 bytes each, for example of `openssl rand -base64 32`. The first one
   * seals, all of them open: to rotate, put a new one in front, and take the old one out when the last handle that it has sealed is
   * expired. All replicas need the same. At most 8. Default: one made up for this process, so that handles end with it, and a warning.
   */
  readonly secrets?: readonly (string | Uint8Array)[] | undefined;
  /**
   * What the tools need that make handles: the value that the route's gate has. A handle then opens only for a token that
   * still covers it. Without it, each `seal` has to say what is needed. Default: none.
   */
  readonly operations?: OperationPolicy | undefined;
  /**
   * `{ operations: '2027-01-31' }`: until the end of that day a handle opens even if the token lacks scopes, both those that rules demanded
   * when it was made and those of `seal`'s `requirement`. Each time is reported as a decision with `observed`. Use the same day as on the
   * route. There is no `scopes` here, because no handle demands the `requiredScopes` of the route. Default: nothing, all of it is enforced.
   */
  readonly observe?: ObserveOptions | undefined;
  /**
   * Whom a handle belongs to. `subject`: issuer and user (`sub`), through any client; the client itself if the token
   * names no user. `client`: the user through that one client. Default: `subject`.
   */
  readonly bindTo?: HandleBinding | undefined;
  /** Seconds that a handle opens, where `seal` says no other end; at most a year. Default: 86400 (one day). */
  readonly lifetimeSeconds?: number | undefined;
  /**
   * What the identifiers name. A handle of one purpose opens for no other: where a server has handles of several kinds with the same
   * secrets, each needs its own. Default: `tasks`.
   */
  readonly purpose?: string | undefined;
  /** Replaces the clock. Milliseconds since the epoch. For tests. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
}

export const handleOptions = object<HandleOptions>({
  resource: kind('the identifier of a configured resource', () => true),
  secrets: secretList,
  operations: operationPolicy,
  observe,
  bindTo: { ...oneOf<HandleBinding>(['subject', 'client']), default: 'subject' },
  lifetimeSeconds: number({ unit: 'seconds', min: 1, max: 31_536_000, default: 86_400 }),
  purpose: { ...text, default: 'tasks' },
  now: synchronous(),
});
