import type { MCPAuthConfigError } from '../errors/config-error.js';
import type { MCPAuthError } from '../errors/mcp-auth-error.js';
import type { DecisionEvent } from './decision-event.js';
import type { DependencyEvent } from './dependency-event.js';
import type { FaultEvent, KeysEvent, OutageEvent } from './server-events.js';
import type { StoreEvent } from './store-event.js';

/** A configuration or a provider's document that works but should be looked at. Reported once each. */
export interface WarningEvent {
  readonly type: 'warning';
  readonly message: string;
}

/**
 * A peer, or a client with genuine tokens, has reached `limits.failedAttempts`. Reported once for each window; what is denied because
 * of it is a decision with `too_many_attempts`.
 */
export interface LimitEvent {
  readonly type: 'limit';
  /** Identifier of the resource of the last attempt. */
  readonly resource: string;
  /** An IPv4 address, or the /64 of an IPv6 address: personal data. */
  readonly peer?: string;
  /** Identifier of the authorization server of the client. */
  readonly issuer?: string;
  /** Cut to a bounded length, and escaped. */
  readonly clientId?: string;
  readonly failures: number;
  readonly windowSeconds: number;
}

/**
 * A rule of `operations` threw, rejected or returned something that is none: the request was answered with 500. Or it could not be asked
 * (`policy_unavailable`): 503.
 */
export interface PolicyEvent {
  readonly type: 'policy';
  readonly resource: string;
  /** `path` names the rule; `cause` is what the rule threw, or a description of it where it holds the token, or may. */
  readonly error: MCPAuthConfigError | MCPAuthError<'policy_unavailable'>;
}

/**
 * A cache was full, and gave up what it may still have used: such tokens are verified or asked about again, which takes time. At most one
 * of each cache in a minute.
 */
export interface CacheEvent {
  readonly type: 'cache';
  /**
   * `tokens`: option `cache`. `introspection`: option `keepAnswers` of an authorization server. `keys`: option `keepVerdicts` of a verifier of
   * keys.
   */
  readonly cache: 'tokens' | 'introspection' | 'keys';
  /** Of the authorization server whose answers these are, or of the callers with these keys. */
  readonly issuer?: string;
  /** The limits as they are configured. */
  readonly maxEntries: number;
  /** The estimated size, in bytes. */
  readonly maxBytes: number;
  /** How many entries it gave up since the last such event. */
  readonly dropped: number;
}

/** Why response streams were ended. */
export type StreamEndReason = 'token_expired' | 'key_withdrawn' | 'session_ended' | 'revoked' | 'closed';

/** Response streams were ended, because the right to them has. One event for those that end together, of one resource and for one reason. */
export interface StreamEvent {
  readonly type: 'stream';
  readonly resource: string;
  /** `closed`: `mcpAuth.close()`. */
  readonly reason: StreamEndReason;
  /** How many were ended. */
  readonly count: number;
  /** How many streams of all resources are still open; those that are left to finish are not counted. */
  readonly open: number;
}

/** What happened, as it is reported; the sink adds what all events have in common. */
export type Happening =
  | WarningEvent
  | FaultEvent
  | OutageEvent
  | KeysEvent
  | DependencyEvent
  | DecisionEvent
  | CacheEvent
  | LimitEvent
  | PolicyEvent
  | StoreEvent
  | StreamEvent;

/** How much an event asks of its reader: to act, to look, to know. */
export type EventLevel = 'error' | 'warn' | 'info';

/** What all events have in common. */
export interface EventStamp {
  /** Of this union. Members may be added within a version; one that changes its meaning or goes makes the next. */
  readonly version: 1;
  /** Milliseconds since the epoch, by the clock of the configuration. */
  readonly time: number;
  readonly level: EventLevel;
}

/**
 * Something an operator may want to know. No event ever holds a token or a part of one, and none a secret of a client.
 *
 * Tell them apart by `type`, and ignore types that you do not know: there will be more.
 */
export type MCPAuthEvent = Happening & EventStamp;

/**
 * Receives events, while the request they are about waits: work that takes time belongs behind a queue. What it returns, throws or
 * rejects with is ignored.
 */
export type EventListener = (event: MCPAuthEvent) => unknown;

/** Denials that every login begins with, and that a client answers on its own. */
const everyday: ReadonlySet<string> = new Set([
  ...['missing_credentials', 'token_expired', 'insufficient_scope'],
  // RFC 9449 §9: each client is asked for one now and then
  'use_dpop_nonce',
]);

/** Whether a denial is part of a login that goes well. */
export function isEveryday(code: string): boolean {
  return everyday.has(code);
}

export function levelOf(event: Happening): EventLevel {
  switch (event.type) {
    case 'fault':
    case 'policy':
      return 'error';
    case 'warning':
    case 'cache':
    case 'limit':
      return 'warn';
    case 'keys':
      return event.withdrawn.length > 0 || event.leftOut.length > 0 ? 'warn' : 'info';
    case 'dependency':
    case 'stream':
      return 'info';
    case 'outage':
    case 'store':
      return event.phase === 'begin' ? 'error' : 'info';
    case 'decision':
      if (event.outcome === 'allow') return event.observed === undefined ? 'info' : 'warn';
      return isEveryday(event.code) ? 'info' : 'warn';
  }
}
