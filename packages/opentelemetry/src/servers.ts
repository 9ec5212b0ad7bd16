import type { DependencyEvent, DependencyPurpose } from '@mcp-auth/core';

/** What is known of one authorization server. */
interface ServerState {
  /** When its keys came, in milliseconds since the epoch. Absent where none were fetched. */
  keysAt?: number;
  readonly failing: Set<DependencyPurpose>;
  readonly asked: Set<DependencyPurpose>;
}

/** Authorization servers as they were when last asked: the configured ones, so there are few. */
export class Servers {
  readonly #states = new Map<string, ServerState>();

  /** Whether an outage begins with this. A server that will not tell about one token is none. */
  note({ issuer, purpose, code, startedAt, durationMs }: DependencyEvent): boolean {
    const state = this.#stateOf(issuer);
    state.asked.add(purpose);
    if (code === 'introspection_refused') return false;
    if (code === undefined) {
      if (purpose === 'keys') state.keysAt = startedAt + durationMs;
      state.failing.delete(purpose);
      return false;
    }
    const begins = !state.failing.has(purpose);
    state.failing.add(purpose);
    return begins;
  }

  /** Seconds since the keys of each server came. */
  keyAges(now: number): readonly { readonly issuer: string; readonly seconds: number }[] {
    return [...this.#states].flatMap(([issuer, { keysAt }]) =>
      keysAt === undefined ? [] : { issuer, seconds: Math.max(0, (now - keysAt) / 1000) },
    );
  }

  /** Whether each server did what it was last asked for. */
  availability(): readonly {
    readonly issuer: string;
    readonly purpose: DependencyPurpose;
    readonly isAvailable: boolean;
  }[] {
    return [...this.#states].flatMap(([issuer, { asked, failing }]) =>
      [...asked].map((purpose) => ({ issuer, purpose, isAvailable: !failing.has(purpose) })),
    );
  }

  #stateOf(issuer: string): ServerState {
    const known = this.#states.get(issuer);
    if (known !== undefined) return known;
    const state: ServerState = { failing: new Set(), asked: new Set() };
    this.#states.set(issuer, state);
    return state;
  }
}
