import { MCPAuthRevocationError } from '../errors/revocation-error.js';
import type { Clock } from '../net/environment.js';
import type { StreamToken } from './guarded-stream.js';

/** One revocation, in a form that another process could be told. */
export interface Revocation {
  /** `iss` of the tokens, or the identifier of their authorization server. */
  readonly issuer: string;
  readonly by: 'subject' | 'client' | 'tokenId';
  readonly value: string;
  /** Tokens issued at this time or before. Seconds since the epoch. */
  readonly issuedUpTo: number;
}

export interface RevocationLimits {
  readonly maxEntries: number;
  readonly longestLifetimeSeconds: number;
}

interface Entry {
  issuedUpTo: number;
  /** Milliseconds since the epoch. */
  madeAt: number;
}

/** What was revoked of one issuer. */
interface Revoked {
  readonly subject: Map<string, Entry>;
  readonly client: Map<string, Entry>;
  readonly tokenId: Map<string, Entry>;
  /** Of entries that were given up: tokens as old as these, which live longer than any did that was known then. */
  forgotten?: { readonly issuedUpTo: number; readonly lifetimeSeconds: number };
}

/** What tokens of one issuer have shown. */
interface Habits {
  /** How far `iat` was ahead of this clock at most. */
  aheadSeconds: number;
  longestSeconds: number;
  /** Whether one came without `iat`. */
  isUntimed: boolean;
}

/**
 * Tokens that their owner has revoked at this server. Bounded: one that is full takes no more, and an entry goes only when all tokens
 * it is about have expired.
 */
export class RevocationList {
  readonly #limits: RevocationLimits;
  readonly #now: Clock;
  readonly #otherIdOf: (claims: object) => string | undefined;
  readonly #revoked = new Map<string, Revoked>();
  /** Of configured issuers, so there are few. */
  readonly #habits = new Map<string, Habits>();
  #size = 0;

  /** @param otherIdOf - what events call a token, where they have named it */
  constructor(
    limits: RevocationLimits,
    now: Clock,
    otherIdOf: (claims: object) => string | undefined = () => undefined,
  ) {
    this.#limits = limits;
    this.#now = now;
    this.#otherIdOf = otherIdOf;
  }

  get size(): number {
    return this.#size;
  }

  /** Learns from a token that was verified in full. */
  note(token: StreamToken): void {
    const { iat } = token.claims;
    const now = this.#now() / 1000;
    const isTimed = typeof iat === 'number';
    const ahead = isTimed ? iat - now : 0;
    const lifetime = token.expiresAt - (isTimed ? iat : now);
    for (const name of namesOf(token)) {
      const habits = this.#habits.get(name) ?? { aheadSeconds: 0, longestSeconds: 0, isUntimed: false };
      habits.aheadSeconds = Math.max(habits.aheadSeconds, ahead);
      habits.longestSeconds = Math.max(habits.longestSeconds, lifetime);
      habits.isUntimed ||= !isTimed;
      this.#habits.set(name, habits);
    }
  }

  refuses(token: StreamToken): boolean {
    return this.#revoked.size > 0 && namesOf(token).some((name) => this.#refusesAs(name, token));
  }

  /**
   * The revocation of what was issued up to now, by the clock of its issuer as far as that is known to be ahead.
   *
   * @throws {MCPAuthRevocationError} `unknown_issue_time`
   */
  describe(issuer: string, by: Revocation['by'], value: string): Revocation {
    const habits = this.#habits.get(issuer);
    if (by !== 'tokenId' && habits?.isUntimed === true) {
      throw new MCPAuthRevocationError(
        'unknown_issue_time',
        `Tokens of ${issuer} do not say when they were issued (iat), so those from before this call could not be told from later ones. Revoke them by tokenId (jti), or have the issuer write iat. For a key of yours, verify returns both in claims; a key that has neither is withdrawn where it is kept.`,
      );
    }
    return { issuer, by, value, issuedUpTo: this.#now() / 1000 + (habits?.aheadSeconds ?? 0) };
  }

  /**
   * One of another process covers what was issued up to then by the clock of the issuer as this process knows it: the other one may have
   * seen no token of that issuer.
   *
   * @param made - when another process made it, in milliseconds since the epoch; left out for one of this process
   * @throws {MCPAuthRevocationError} `too_many_revocations`
   */
  add({ issuer, by, value, ...told }: Revocation, made?: number): void {
    const now = this.#now();
    const madeAt = Math.min(made ?? now, now);
    const ahead = this.#habits.get(issuer)?.aheadSeconds ?? 0;
    const issuedUpTo = Math.max(told.issuedUpTo, made === undefined ? -Infinity : madeAt / 1000 + ahead);
    const known = this.#revoked.get(issuer)?.[by].get(value);
    if (known !== undefined) {
      known.issuedUpTo = Math.max(known.issuedUpTo, issuedUpTo);
      known.madeAt = Math.max(known.madeAt, madeAt);
      return;
    }
    const { maxEntries } = this.#limits;
    if (this.#size >= maxEntries) this.#giveUpOld(now);
    if (this.#size >= maxEntries) {
      throw new MCPAuthRevocationError(
        'too_many_revocations',
        `${maxEntries} revocations are in force, so there is no place for another, and nothing was revoked. Raise revocations.maxEntries, or withdraw the key of the issuer.`,
      );
    }
    const revoked = this.#revoked.get(issuer) ?? {
      subject: new Map(),
      client: new Map(),
      tokenId: new Map(),
    };
    this.#revoked.set(issuer, revoked);
    revoked[by].set(value, { issuedUpTo, madeAt });
    this.#size++;
  }

  /** For how long after it was made a revocation of tokens of this issuer may be needed. */
  lifetimeSecondsOf(issuer: string): number {
    return this.#lifetimeOf(issuer) + toleranceSeconds;
  }

  #lifetimeOf(issuer: string): number {
    return Math.max(this.#limits.longestLifetimeSeconds, this.#habits.get(issuer)?.longestSeconds ?? 0);
  }

  #refusesAs(name: string, token: StreamToken): boolean {
    const revoked = this.#revoked.get(name);
    if (revoked === undefined) return false;
    const { iat, jti } = token.claims;
    if (revoked.tokenId.size > 0) {
      const other = this.#otherIdOf(token.claims);
      if (typeof jti === 'string' && revoked.tokenId.has(jti)) return true;
      if (other !== undefined && revoked.tokenId.has(other)) return true;
    }
    const upTo = Math.max(
      (token.subject === undefined ? undefined : revoked.subject.get(token.subject))?.issuedUpTo ?? -Infinity,
      revoked.client.get(token.clientId)?.issuedUpTo ?? -Infinity,
    );
    // Without iat it may be one from before the call
    if (typeof iat !== 'number') return upTo > -Infinity;
    const { issuedUpTo, lifetimeSeconds } = revoked.forgotten ?? never;
    return iat <= upTo || (iat <= issuedUpTo && token.expiresAt - iat > lifetimeSeconds);
  }

  /** Gives up what all tokens it is about have outlived: those of its issuer that live longest have expired. */
  #giveUpOld(now: number): void {
    for (const [issuer, revoked] of this.#revoked) {
      const lifetimeSeconds = this.#lifetimeOf(issuer);
      for (const entries of [revoked.subject, revoked.client, revoked.tokenId]) {
        for (const [value, { issuedUpTo, madeAt }] of entries) {
          const oldest = Math.max(issuedUpTo, madeAt / 1000);
          if (now / 1000 <= oldest + lifetimeSeconds + toleranceSeconds) continue;
          entries.delete(value);
          this.#size--;
          const before = revoked.forgotten;
          revoked.forgotten = {
            issuedUpTo: Math.max(issuedUpTo, before?.issuedUpTo ?? -Infinity),
            lifetimeSeconds: Math.min(lifetimeSeconds, before?.lifetimeSeconds ?? Infinity),
          };
        }
      }
    }
  }
}

/** No tolerance for a token that has expired is greater. */
const toleranceSeconds = 300;

const never = { issuedUpTo: -Infinity, lifetimeSeconds: Infinity };

function namesOf({ issuer, authorizationServer }: StreamToken): readonly string[] {
  return authorizationServer === undefined || authorizationServer === issuer
    ? [issuer]
    : [issuer, authorizationServer];
}
