import { ignoreRejection } from '../errors/promises.js';
import type { MCPAuthError } from '../errors/mcp-auth-error.js';
import type { BearerAuthErrorCode } from '../errors/bearer-auth-error.js';
import type { TokenErrorCode } from '../errors/token-error.js';

/** Something an operator may want to know. No event ever holds a token or a part of one. */
export type MCPAuthEvent =
  /** A configuration or a provider's document that works but should be looked at. Reported once each. */
  | { readonly type: 'warning'; readonly message: string }
  /** An authorization server failed: requests that depend on it are answered with 503 unless known keys suffice. */
  | { readonly type: 'fault'; readonly issuer: string; readonly error: MCPAuthError }
  /** A request was refused, and why in our own words; the wire only says what the RFCs let it say. */
  | {
      readonly type: 'refusal';
      /** Identifier of the resource; in legacy mode the issuer. */
      readonly resource: string;
      readonly status: number;
      readonly code: TokenErrorCode | BearerAuthErrorCode | 'authorization_server_unavailable';
      /** The claim that decided, where one did. */
      readonly claim?: string;
      /**
       * What to look at, where the refusal looks like a mistake of the configuration. Made of what the configuration and the metadata of
       * its servers say, never of the token.
       */
      readonly hint?: string;
      /** The JSON-RPC method and its target, where the operation decided. Written by the client, and cut to a bounded length. */
      readonly method?: string;
      readonly target?: string;
    }
  /**
   * A peer, or a client with genuine tokens, has reached `limits.failedAttempts`. Reported once for each window; what is refused because
   * of it is a `refusal` with `too_many_attempts`.
   */
  | {
      readonly type: 'limit';
      /** Identifier of the resource of the last attempt. */
      readonly resource: string;
      /** An IPv4 address, or the /64 of an IPv6 address. */
      readonly peer?: string;
      /** Identifier of the authorization server of the client. */
      readonly issuer?: string;
      /** Cut to a bounded length. */
      readonly clientId?: string;
      readonly failures: number;
      readonly windowSeconds: number;
    }
  /** A rule of `operations` threw, rejected or returned something that is none: the request was answered with 500. */
  | {
      readonly type: 'policy';
      readonly resource: string;
      /** Names the rule by its path; its `cause` is what the rule threw. */
      readonly error: MCPAuthError;
    };

/** Receives events. What it returns, throws or rejects with is ignored. */
export type EventListener = (event: MCPAuthEvent) => unknown;

/**
 * Hands events to the configured listener; by default all but refusals go to `console.warn`, and of those each hint once.
 *
 * @see {@link MCPAuthEvent}
 * @example
 * ```ts
 * import { EventSink } from '@mcp-auth/core/adapter';
 *
 * const events = new EventSink((event) => console.info(event.type));
 * events.warn('Told once, however often it is said.');
 * events.advise('The same, for what clients can cause.');
 * events.emit({ type: 'warning', message: 'Told each time.' });
 * ```
 */
export class EventSink {
  readonly #listener: EventListener;
  readonly #warned = new Set<string>();
  readonly #advised = new Set<string>();

  constructor(listener: EventListener = createConsoleLog()) {
    this.#listener = listener;
  }

  emit(event: MCPAuthEvent): void {
    try {
      // An asynchronous listener is allowed by the type, and its rejection must not end the process
      ignoreRejection(this.#listener(event));
    } catch {
      // A listener must not be able to change a decision.
    }
  }

  /** Says a warning once, however often its reason comes up. */
  warn(message: string): void {
    this.#once(message, this.#warned, maxWarnings);
  }

  /** The same for what clients can cause: they must not be able to use up the warnings. */
  advise(message: string): void {
    this.#once(message, this.#advised, maxAdvice);
  }

  #once(message: string, said: Set<string>, limit: number): void {
    if (said.has(message) || said.size >= limit) return;
    said.add(message);
    this.emit({ type: 'warning', message });
  }
}

/** A provider whose document changes with every fetch must not fill the memory. */
const maxWarnings = 1000;
const maxAdvice = 100;

/** Lines for an operator. A rule that fails on every request is told once for each way in which it fails. */
function createConsoleLog(): EventListener {
  const told = new Set<string>();
  const limited = new Set<string>();
  const hinted = new Set<string>();
  return (event) => {
    switch (event.type) {
      case 'warning':
        console.warn(`[mcp-auth] ${event.message}`);
        break;
      case 'fault':
        console.warn(`[mcp-auth] ${event.issuer}: ${event.error.code}: ${event.error.message}`);
        break;
      case 'policy': {
        const { cause } = event.error;
        const line =
          cause instanceof Error ? `${event.error.message} (${toLine(cause.message)})` : event.error.message;
        if (told.has(line) || told.size >= maxWarnings) break;
        told.add(line);
        console.warn(`[mcp-auth] ${line}`);
        break;
      }
      case 'limit': {
        const { peer, issuer, clientId = '', failures, windowSeconds } = event;
        const who = peer ?? `client ${JSON.stringify(toLine(clientId))} of ${issuer ?? ''}`;
        if (limited.has(who) || limited.size >= maxAdvice) break;
        limited.add(who);
        const hint = peer === undefined ? '' : ' If it is a proxy of yours, name it in limits.proxies.';
        console.warn(
          `[mcp-auth] ${who} has failed ${failures} times in ${windowSeconds} seconds and is told to wait.${hint}`,
        );
        break;
      }
      case 'refusal':
        if (event.hint === undefined || hinted.has(event.hint) || hinted.size >= maxAdvice) break;
        hinted.add(event.hint);
        console.warn(`[mcp-auth] ${event.resource}: ${event.code}: ${event.hint}`);
        break;
    }
  };
}

/** What somebody else wrote, in a form that cannot break a line. */
function toLine(text: string): string {
  return text.slice(0, 500).replaceAll(/[\p{Cc}\s]+/gu, ' ');
}
