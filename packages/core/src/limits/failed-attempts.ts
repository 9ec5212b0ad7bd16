import { TokenCache, type CachedToken, type TokenCacheSection } from '../cache/token-cache.js';
import type { EventSink } from '../events/event-sink.js';
import { printable } from '../events/facts.js';
import type { RequestHead } from '../http/request-head.js';
import type { Clock } from '../net/environment.js';
import type { TokenClient } from '../token/verification.js';
import { FailureTable, type FailureBounds } from './failure-table.js';
import { createPeerReader, type PeerReader, type PeerSettings } from './peer-reader.js';

/** What failed attempts are judged by. */
export interface LimitSettings extends FailureBounds, PeerSettings {}

/** Tokens that were good are remembered for a day. */
const goodForMs = 86_400_000;
/** On average: as many tokens as peers fit while they are about as long as those of most providers. */
const bytesOfGoodToken = 2560;

/** Of what a token says in an event or a key. */
const maxTextLength = 500;

/**
 * Counts attempts that fail, by who they come from, and those with genuine tokens by their client too.
 *
 * What is spared is the verification of tokens nobody has seen; a token that was good before is looked at, whoever sends it, so
 * that a neighbor behind the same address cannot lock out those who work.
 */
export class FailedAttempts {
  readonly #settings: LimitSettings;
  readonly #now: Clock;
  readonly #events: EventSink;
  readonly #readPeer: PeerReader;
  readonly #peers: FailureTable;
  readonly #clients: FailureTable;
  readonly #good: TokenCacheSection<CachedToken>;

  constructor(settings: LimitSettings, now: Clock, events: EventSink) {
    this.#settings = settings;
    this.#now = now;
    this.#events = events;
    this.#readPeer = createPeerReader(settings, events);
    this.#peers = new FailureTable(settings);
    this.#clients = new FailureTable(settings);
    const { maxEntries } = settings;
    const limits = { maxAgeMs: goodForMs, maxEntries, maxBytes: maxEntries * bytesOfGoodToken };
    this.#good = new TokenCache<CachedToken>(limits, now).section('good');
  }

  /**
   * One request with credentials. To be asked before anything is waited for: a connection that has gone does not tell whose it was.
   *
   * @throws {MCPAuthConfigError} where nobody knows who sent it
   */
  attemptOf(head: RequestHead, resource: string): Attempt {
    return new AttemptOfPeer(this, this.#readPeer(head), resource);
  }

  /** Seconds that a peer has to wait before its tokens are looked at again. */
  waitOfPeer(peer: string): number | undefined {
    return this.#peers.waitOf(peer, this.#now());
  }

  wasGood(token: string): boolean {
    return this.#good.find(token) !== undefined;
  }

  remember(token: string): void {
    if (this.wasGood(token)) return;
    this.#good.add({ token, bytes: entryBytes + token.length, storedAt: this.#now() });
  }

  forget(token: string): void {
    const entry = this.#good.find(token);
    if (entry !== undefined) this.#good.drop(entry);
  }

  /** Counts a failure. Seconds to wait, where there had been too many before. */
  count(peer: string, client: TokenClient | undefined, resource: string): number | undefined {
    const now = this.#now();
    const clientKey = client && JSON.stringify([client.issuer, client.clientId.slice(0, maxTextLength)]);
    const waits = [
      this.#peers.waitOf(peer, now),
      clientKey === undefined ? undefined : this.#clients.waitOf(clientKey, now),
    ].filter((wait) => wait !== undefined);
    if (this.#isReached(this.#peers, peer, now)) this.#tell({ peer }, resource);
    if (client !== undefined && clientKey !== undefined && this.#isReached(this.#clients, clientKey, now)) {
      this.#tell(
        {
          issuer: client.issuer,
          clientId: printable(client.clientId.slice(0, maxTextLength), maxTextLength),
        },
        resource,
      );
    }
    return waits.length === 0 ? undefined : Math.max(...waits);
  }

  /** What to tell those whose connection has gone. */
  get longestWait(): number {
    return Math.ceil(this.#settings.windowMs / 1000);
  }

  /** Adds a failure; whether the limit is reached with it. */
  #isReached(table: FailureTable, key: string, now: number): boolean {
    const { failures, forgot } = table.add(key, now);
    if (forgot) {
      this.#events.advise(
        `limits: failed attempts come from more than ${this.#settings.maxEntries} peers or clients at a time, and the oldest are forgotten. Raise limits.failedAttempts.maxEntries, or limit requests in front of this server.`,
      );
    }
    return failures === this.#settings.max;
  }

  #tell(who: { peer: string } | { issuer: string; clientId: string }, resource: string): void {
    const { max: failures } = this.#settings;
    this.#events.emit({
      type: 'limit',
      resource,
      ...who,
      failures,
      windowSeconds: this.#settings.windowMs / 1000,
    });
  }
}

/** What an entry takes in addition to its token. */
const entryBytes = 400;

/** One request with credentials, and whom it counts to. */
export interface Attempt {
  /** Before a token is verified: seconds to wait, where it must not be. */
  waitBefore(token: string): number | undefined;
  /** The token, or what came instead of one, is refused. Seconds to wait, where there had been too many before. */
  fail(client: TokenClient | undefined, token?: string): number | undefined;
  /** The token is good. */
  succeed(token: string): void;
  /** The token is not good any more, but this counts to nobody. */
  forget(token: string | undefined): void;
}

class AttemptOfPeer implements Attempt {
  readonly #attempts: FailedAttempts;
  readonly #peer: string | null;
  readonly #resource: string;

  constructor(attempts: FailedAttempts, peer: string | null, resource: string) {
    this.#attempts = attempts;
    this.#peer = peer;
    this.#resource = resource;
  }

  waitBefore(token: string): number | undefined {
    if (this.#peer === null) return this.#attempts.longestWait;
    const wait = this.#attempts.waitOfPeer(this.#peer);
    return wait === undefined || this.#attempts.wasGood(token) ? undefined : wait;
  }

  fail(client: TokenClient | undefined, token?: string): number | undefined {
    this.forget(token);
    if (this.#peer === null) return this.#attempts.longestWait;
    return this.#attempts.count(this.#peer, client, this.#resource);
  }

  succeed(token: string): void {
    this.#attempts.remember(token);
  }

  forget(token: string | undefined): void {
    if (token !== undefined) this.#attempts.forget(token);
  }
}
