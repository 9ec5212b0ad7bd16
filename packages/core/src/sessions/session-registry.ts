import { OldestFirst } from '../cache/oldest-first.js';
import { checkOptions, object } from '../config/check-options.js';
import { callable, kind, synchronous } from '../config/kinds.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { ignoreRejection } from '../errors/promises.js';
import { MCPAuthSessionError } from '../errors/session-error.js';
import { checkedClock } from '../net/environment.js';
import { type AuthInfo, setScope } from '../caller/auth-info.js';
import { StreamScope } from '../streams/open-streams.js';
import { SessionBounds, type BoundedSession } from './session-bounds.js';
import { clientOf, identify, userOf } from './session-identity.js';

/** Why a session was ended by the registry and not by its owner. */
export type SessionEnd = 'capacity' | 'idle';

/** Options of a {@link SessionRegistry}. */
export interface SessionRegistryOptions<Transport> {
  /**
   * Most sessions that are kept. In a full registry the user who holds most gives way: the least recently used session of that
   * user ends. Nobody loses their only session to somebody else: where all users hold one, a newcomer is refused.
   */
  readonly maxSessions: number;
  /**
   * Most sessions of one user, through whichever clients: one more ends the user's least recently used one. A user is issuer
   * and subject; without a subject, issuer and client; all anonymous callers together are one. Default: a tenth of `maxSessions`, at
   * least 10.
   */
  readonly maxSessionsPerUser?: number | undefined;
  /**
   * Most sessions through one client of an issuer, shared out among its users as `maxSessions` is among all. Most clients are
   * shared by many users, so this is for clients that should not take the whole registry. Default: `maxSessions`.
   */
  readonly maxSessionsPerClient?: number | undefined;
  /** Milliseconds after which an unused session ends, noticed at the next use of the registry. Default: never. */
  readonly idleTimeoutMs?: number | undefined;
  /** Called with each session that the registry ends, to close its transport. What it throws is ignored, and so is a promise that rejects where it returns one. Default: nothing is called. */
  readonly onEvict?: ((transport: Transport, sessionId: string, reason: SessionEnd) => unknown) | undefined;
  /** Replaces the clock. Milliseconds since the epoch. For tests. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/** MCP sessions (2025-06-18, 2025-11-25), each bound to the identity that opened it. */
export interface SessionRegistry<Transport> {
  /** Sessions at present. */
  readonly size: number;
  /**
   * Whether {@link open} would find a place for a session of this caller now. Ask before a transport is made: version 1 and 2 of the
   * official SDK answer 400 where the callback that opens a session throws. Answer 503 with `Retry-After`.
   */
  admits(auth: AuthInfo | undefined): boolean;
  /**
   * Remembers a session. It belongs to the caller from then on: issuer, subject and client of the token, at this resource.
   * No token is kept, so the session survives its refresh.
   *
   * @throws {MCPAuthConfigError} `unsupported_option` for a token that names neither subject nor client: its sessions could
   *   not be told from those of others
   * @throws {MCPAuthConfigError} `invalid_option` for an identifier that is in use
   * @throws {MCPAuthSessionError} `too_many_sessions` where the registry is full, or the bound of the client reached, and every
   *   user holds one session: nobody's is ended for a newcomer
   */
  open(sessionId: string, auth: AuthInfo | undefined, transport: Transport): void;
  /**
   * The session's transport; nothing for a session that is unknown, has ended, or belongs to somebody else, so that the
   * answer (404) does not tell which.
   */
  find(sessionId: string | undefined, auth: AuthInfo | undefined): Transport | undefined;
  /** Forgets a session, for its owner's use, and ends the streams of its requests. Whether it was there. */
  close(sessionId: string): boolean;
}

interface Session<Transport> extends BoundedSession {
  readonly id: string;
  readonly identity: string;
  readonly transport: Transport;
  /** Streams of its requests. */
  readonly streams: StreamScope;
  lastUsed: number;
}

/**
 * Binds MCP sessions to identities. A session identifier is not a credential: every request still passes the gate.
 *
 * Does not check: that identifiers cannot be guessed; let the SDK's `sessionIdGenerator` be `crypto.randomUUID`.
 *
 * @throws {MCPAuthConfigError} `invalid_option`
 * @see MCP 2025-11-25, Security Best Practices, Session Hijacking
 * @example
 * ```ts
 * import { createSessionRegistry, type AuthInfo } from '@mcp-auth/core';
 * import type { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
 *
 * const sessions = createSessionRegistry<StreamableHTTPServerTransport>({
 *   maxSessions: 1000,
 *   onEvict: (transport) => transport.close(),
 * });
 *
 * export const find = (id: string | undefined, caller: AuthInfo | undefined) => sessions.find(id, caller);
 * ```
 */
export function createSessionRegistry<Transport>(
  options: SessionRegistryOptions<Transport>,
): SessionRegistry<Transport> {
  return new BoundedSessionRegistry(options);
}

/** Infinity is meant by it: never. */
const positive = kind<number>('a number greater than 0', (value) => typeof value === 'number' && value > 0, {
  shown: true,
});

export const sessionRegistryOptions = object<SessionRegistryOptions<never>>({
  maxSessions: { ...positive, required: true },
  maxSessionsPerUser: positive,
  maxSessionsPerClient: positive,
  idleTimeoutMs: positive,
  onEvict: callable(),
  now: synchronous(),
});

class BoundedSessionRegistry<Transport> implements SessionRegistry<Transport> {
  /** The least recently used one first. */
  readonly #sessions = new OldestFirst<string, Session<Transport>>();
  readonly #bounds: SessionBounds<Session<Transport>>;
  readonly #options: SessionRegistryOptions<Transport>;
  readonly #idleTimeoutMs: number;
  readonly #now: () => number;

  constructor(options: SessionRegistryOptions<Transport>) {
    checkOptions(options, sessionRegistryOptions, '');
    const { idleTimeoutMs = Infinity, now } = options;
    this.#options = options;
    this.#bounds = new SessionBounds(options);
    this.#idleTimeoutMs = idleTimeoutMs;
    this.#now = checkedClock(now);
  }

  get size(): number {
    return this.#sessions.size;
  }

  admits(auth: AuthInfo | undefined): boolean {
    this.#endIdle();
    const victims = this.#bounds.findVictims({ user: userOf(auth), client: clientOf(auth) });
    return identify(auth) !== undefined && victims !== undefined;
  }

  open(sessionId: string, auth: AuthInfo | undefined, transport: Transport): void {
    this.#endIdle();
    const identity = identify(auth);
    if (identity === undefined) {
      throw new MCPAuthConfigError(
        'unsupported_option',
        'sessions',
        'cannot be bound to a token that names neither a subject nor a client. Have the verifier return one of them.',
      );
    }
    if (this.#sessions.has(sessionId)) {
      throw new MCPAuthConfigError(
        'invalid_option',
        'sessionId',
        'is in use. Generate each with crypto.randomUUID().',
      );
    }
    const user = userOf(auth);
    const client = clientOf(auth);
    const victims = this.#bounds.findVictims({ user, client });
    if (victims === undefined) {
      throw new MCPAuthSessionError(
        'too_many_sessions',
        'There is no place for another session, and no user who holds more than one. Answer 503 with Retry-After; raise maxSessions where this happens often.',
      );
    }
    for (const { id } of victims) this.close(id);
    const streams = new StreamScope();
    const session = { id: sessionId, identity, user, client, transport, streams, lastUsed: this.#now() };
    if (auth !== undefined) setScope(auth, streams);
    this.#sessions.add(sessionId, session);
    this.#bounds.add(session);
    for (const victim of victims) this.#tellEnd(victim, 'capacity');
  }

  find(sessionId: string | undefined, auth: AuthInfo | undefined): Transport | undefined {
    this.#endIdle();
    const session = sessionId === undefined ? undefined : this.#sessions.get(sessionId);
    if (session === undefined || session.identity !== identify(auth)) return undefined;
    session.lastUsed = this.#now();
    this.#sessions.add(session.id, session);
    this.#bounds.touch(session);
    if (auth !== undefined) setScope(auth, session.streams);
    return session.transport;
  }

  close(sessionId: string): boolean {
    const session = this.#sessions.get(sessionId);
    if (session === undefined) return false;
    this.#sessions.delete(sessionId);
    this.#bounds.remove(session);
    session.streams.end();
    return true;
  }

  #endIdle(): void {
    const latest = this.#now() - this.#idleTimeoutMs;
    for (;;) {
      const session = this.#sessions.oldest()?.value;
      if (session === undefined || session.lastUsed > latest) return;
      this.close(session.id);
      this.#tellEnd(session, 'idle');
    }
  }

  #tellEnd({ id, transport }: Session<Transport>, reason: SessionEnd): void {
    try {
      ignoreRejection(this.#options.onEvict?.(transport, id, reason));
    } catch {
      // Somebody else's request is under way
    }
  }
}
