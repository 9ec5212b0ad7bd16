import { SessionPool, type PooledSession } from './session-pool.js';

/** What the bounds must know of a session. */
export interface BoundedSession extends PooledSession {
  /** The client that it counts to; none where nobody knows it. */
  readonly client: string | undefined;
}

/** The options of a registry that bound it. */
export interface BoundOptions {
  readonly maxSessions: number;
  readonly maxSessionsPerUser?: number | undefined;
  readonly maxSessionsPerClient?: number | undefined;
}

/** Someone with several clients and windows needs a few, however small the registry is. */
const fewSessions = 10;

/** Counts sessions in all, by user and by client, and says which have to end before there is one more. */
export class SessionBounds<Session extends BoundedSession> {
  readonly #all: SessionPool<Session>;
  readonly #clients = new Map<string, SessionPool<Session>>();
  readonly #maxPerUser: number;
  readonly #maxPerClient: number;

  constructor({ maxSessions, maxSessionsPerUser, maxSessionsPerClient }: BoundOptions) {
    this.#all = new SessionPool(maxSessions);
    this.#maxPerUser = maxSessionsPerUser ?? Math.max(fewSessions, Math.ceil(maxSessions / 10));
    this.#maxPerClient = maxSessionsPerClient ?? maxSessions;
  }

  /**
   * The sessions that must end before a user may open one more: none, or one for each bound that is reached. Nothing where that would
   * not be fair.
   */
  findVictims({ user, client }: BoundedSession): ReadonlySet<Session> | undefined {
    const victims = new Set<Session>();
    const throughClient = client === undefined ? undefined : this.#clients.get(client)?.placeFor(user);
    if (throughClient?.kind === 'none') return undefined;
    if (throughClient?.kind === 'taken') victims.add(throughClient.by);
    const isOwn = throughClient?.kind === 'taken' && throughClient.by.user === user;
    const own = this.#all.leastRecent(user);
    if (own !== undefined && !isOwn && this.#all.held(user) >= this.#maxPerUser) victims.add(own);
    // One that ends makes room in all
    if (victims.size > 0) return victims;
    const place = this.#all.placeFor(user);
    if (place.kind === 'none') return undefined;
    return place.kind === 'taken' ? victims.add(place.by) : victims;
  }

  add(session: Session): void {
    this.#all.add(session);
    const { client } = session;
    if (client === undefined) return;
    let pool = this.#clients.get(client);
    if (pool === undefined) {
      pool = new SessionPool(this.#maxPerClient);
      this.#clients.set(client, pool);
    }
    pool.add(session);
  }

  remove(session: Session): void {
    this.#all.remove(session);
    const { client } = session;
    const pool = client === undefined ? undefined : this.#clients.get(client);
    pool?.remove(session);
    if (client !== undefined && pool?.size === 0) this.#clients.delete(client);
  }

  /** Makes a session the most recently used one of its user. */
  touch(session: Session): void {
    this.#all.touch(session);
    if (session.client !== undefined) this.#clients.get(session.client)?.touch(session);
  }
}
