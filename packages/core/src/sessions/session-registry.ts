import { checkOptions, object } from '../config/check-options.js';
import { callable, kind, synchronous } from '../config/kinds.js';
import { MCPAuthConfigError } from '../errors/config-error.js';
import { ignoreRejection } from '../errors/promises.js';
import { checkedClock } from '../net/environment.js';
import type { AuthInfo } from '../caller/auth-info.js';

/** Why a session was ended by the registry and not by its owner. */
export type SessionEnd = 'capacity' | 'idle';

/** Options of a {@link SessionRegistry}. */
export interface SessionRegistryOptions<Transport> {
  /**
   * Most sessions that are kept. Beyond it the least recently used one of the same identity gives way; one of another
   * identity only to an identity that has none. An identity is issuer, subject and client: one user with many clients has many.
   */
  readonly maxSessions: number;
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
   * Remembers a session. It belongs to the caller from then on: issuer, subject and client of the token, at this resource.
   * No token is kept, so the session survives its refresh.
   *
   * @throws {MCPAuthConfigError} `unsupported_option` for a token that names neither subject nor client: its sessions could
   *   not be told from those of others
   * @throws {MCPAuthConfigError} `invalid_option` for an identifier that is in use
   */
  open(sessionId: string, auth: AuthInfo | undefined, transport: Transport): void;
  /**
   * The session's transport; nothing for a session that is unknown, has ended, or belongs to somebody else, so that the
   * answer (404) does not tell which.
   */
  find(sessionId: string | undefined, auth: AuthInfo | undefined): Transport | undefined;
  /** Forgets a session, for its owner's use. Whether it was there. */
  close(sessionId: string): boolean;
}

interface Session<Transport> {
  readonly identity: string;
  readonly transport: Transport;
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
  idleTimeoutMs: positive,
  onEvict: callable(),
  now: synchronous(),
});

class BoundedSessionRegistry<Transport> implements SessionRegistry<Transport> {
  /** The least recently used one first. */
  readonly #sessions = new Map<string, Session<Transport>>();
  readonly #options: SessionRegistryOptions<Transport>;
  readonly #idleTimeoutMs: number;
  readonly #now: () => number;

  constructor(options: SessionRegistryOptions<Transport>) {
    checkOptions(options, sessionRegistryOptions, '');
    const { idleTimeoutMs = Infinity, now } = options;
    this.#options = options;
    this.#idleTimeoutMs = idleTimeoutMs;
    this.#now = checkedClock(now);
  }

  get size(): number {
    return this.#sessions.size;
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
    if (this.#sessions.size >= this.#options.maxSessions) this.#makeRoomFor(identity);
    this.#sessions.set(sessionId, { identity, transport, lastUsed: this.#now() });
  }

  find(sessionId: string | undefined, auth: AuthInfo | undefined): Transport | undefined {
    this.#endIdle();
    const session = sessionId === undefined ? undefined : this.#sessions.get(sessionId);
    if (sessionId === undefined || session === undefined || session.identity !== identify(auth)) {
      return undefined;
    }
    session.lastUsed = this.#now();
    this.#sessions.delete(sessionId);
    this.#sessions.set(sessionId, session);
    return session.transport;
  }

  close(sessionId: string): boolean {
    return this.#sessions.delete(sessionId);
  }

  #makeRoomFor(identity: string): void {
    const ids = [...this.#sessions];
    const [victim] = ids.find(([, session]) => session.identity === identity) ?? ids[0] ?? [];
    if (victim !== undefined) this.#evict(victim, 'capacity');
  }

  #endIdle(): void {
    const latest = this.#now() - this.#idleTimeoutMs;
    for (const [sessionId, { lastUsed }] of this.#sessions) {
      if (lastUsed > latest) return;
      this.#evict(sessionId, 'idle');
    }
  }

  #evict(sessionId: string, reason: SessionEnd): void {
    const session = this.#sessions.get(sessionId);
    this.#sessions.delete(sessionId);
    if (session === undefined) return;
    try {
      ignoreRejection(this.#options.onEvict?.(session.transport, sessionId, reason));
    } catch {
      // Somebody else's request is under way
    }
  }
}

/**
 * Who a token stands for, in one string: issuer, subject and client, at one resource. Subjects are unique per issuer only, and
 * two clients of one user do not share what they hold.
 *
 * @returns nothing for a token that names neither subject nor client; the same string for all anonymous callers
 */
function identify(auth: AuthInfo | undefined): string | undefined {
  if (auth === undefined) return 'anonymous';
  const { issuer, subject = null, clientId } = auth;
  // A copy made by spreading has none
  const { resource } = auth as Partial<AuthInfo>;
  if (subject === null && clientId === '') return undefined;
  return JSON.stringify([issuer, subject, clientId, resource?.href]);
}
