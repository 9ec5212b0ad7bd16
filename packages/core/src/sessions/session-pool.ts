import { OldestFirst } from '../cache/oldest-first.js';

/** What a pool must know of a session. */
export interface PooledSession {
  /** Who it counts to. */
  readonly user: string;
}

/** Whether there is a place for one more session of a user, and which session has to give way to it. */
export type Place<Session> =
  | { readonly kind: 'free' }
  /** This session has to end. */
  | { readonly kind: 'taken'; readonly by: Session }
  /** All hold one session each, and the user none. */
  | { readonly kind: 'none' };

/** The sessions of one user, the least recently used one first. */
type Holding<Session> = OldestFirst<Session, true>;

/**
 * Sessions within one bound, shared out fairly among users: whoever holds most gives way, and nobody loses their only session to
 * somebody else. Nothing here looks at all sessions or at all users.
 */
export class SessionPool<Session extends PooledSession> {
  readonly #maxSessions: number;
  readonly #holdings = new Map<string, Holding<Session>>();
  /** Holdings by their size; those that have had it for longest first. */
  readonly #bySize = new Map<number, OldestFirst<Holding<Session>, true>>();
  #greatest = 0;
  #size = 0;

  constructor(maxSessions: number) {
    this.#maxSessions = maxSessions;
  }

  get size(): number {
    return this.#size;
  }

  /** Sessions of a user. */
  held(user: string): number {
    return this.#holdings.get(user)?.size ?? 0;
  }

  /** The session of a user that was not used for longest. */
  leastRecent(user: string): Session | undefined {
    return this.#holdings.get(user)?.oldest()?.key;
  }

  /**
   * The place for one more session of a user. In a full pool the greatest holder gives way, unless that would make the user
   * a holder as great: then the user does, who has filled it.
   */
  placeFor(user: string): Place<Session> {
    if (this.#size < this.#maxSessions) return { kind: 'free' };
    const held = this.held(user);
    const by = held + 1 < this.#greatest ? this.#leastRecentOfGreatest() : this.leastRecent(user);
    return by === undefined ? { kind: 'none' } : { kind: 'taken', by };
  }

  add(session: Session): void {
    let holding = this.#holdings.get(session.user);
    if (holding === undefined) {
      holding = new OldestFirst();
      this.#holdings.set(session.user, holding);
    }
    this.#leaveSize(holding);
    holding.add(session, true);
    this.#enterSize(holding);
    this.#size += 1;
  }

  /** Does nothing for a session that is not here. */
  remove(session: Session): void {
    const holding = this.#holdings.get(session.user);
    if (holding?.has(session) !== true) return;
    this.#leaveSize(holding);
    holding.delete(session);
    if (holding.size === 0) this.#holdings.delete(session.user);
    else this.#enterSize(holding);
    // One session fewer: where nobody is left at the top, this holding is right below it
    if (!this.#bySize.has(this.#greatest)) this.#greatest -= 1;
    this.#size -= 1;
  }

  /** Makes a session the most recently used one of its user. */
  touch(session: Session): void {
    const holding = this.#holdings.get(session.user);
    if (holding?.has(session) === true) holding.add(session, true);
  }

  #leastRecentOfGreatest(): Session | undefined {
    return this.#bySize.get(this.#greatest)?.oldest()?.key.oldest()?.key;
  }

  #enterSize(holding: Holding<Session>): void {
    const { size } = holding;
    let equals = this.#bySize.get(size);
    if (equals === undefined) {
      equals = new OldestFirst();
      this.#bySize.set(size, equals);
    }
    equals.add(holding, true);
    this.#greatest = Math.max(this.#greatest, size);
  }

  #leaveSize(holding: Holding<Session>): void {
    const equals = this.#bySize.get(holding.size);
    equals?.delete(holding);
    if (equals?.size === 0) this.#bySize.delete(holding.size);
  }
}
