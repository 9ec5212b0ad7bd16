import { CachePressure } from '../cache/cache-pressure.js';
import { MemoryCache } from '../cache/memory-cache.js';
import type { Clock } from '../net/environment.js';
import type { CacheSettings } from '../config/check-introspection.js';
import { type IntrospectionAnswer, isTooDeep } from './introspection-response.js';
import { encode } from 'jose/base64url';
import { deepFreeze } from '../token/freeze.js';
import type { Claims } from '../token/token-policy.js';
import type { SharedAnswers } from './shared-answers.js';

/** Of the serialised form. Processes of different releases share a cache, so a change of the form needs a new number. */
const version = 1;

/** An answer has 64 KiB at most, and its text grows when numbers are written out: 1e20 has 21 digits. */
const maxTextLength = 6 * 64 * 1024;

/** An answer as a cache keeps it. */
export interface CachedAnswer {
  readonly answer: IntrospectionAnswer;
  /** When the server gave it. Seconds since the epoch. */
  readonly answeredAt: number;
  /** Whether its signature was verified (RFC 9701). */
  readonly signed: boolean;
}

/**
 * The key of a token: a digest of issuer, endpoint, client and token, so that neither the cache nor its logs learn the token
 * and no client reads what was told to another (RFC 7662 §4).
 */
export async function createCacheKey(
  issuer: string,
  endpoint: string,
  clientId: string | undefined,
  token: string,
): Promise<string> {
  const text = JSON.stringify([issuer, endpoint, clientId ?? null, token]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `mcp-auth:introspection:${version}:${encode(new Uint8Array(digest))}`;
}

export function formatCachedAnswer({ answer, answeredAt, signed }: CachedAnswer): string {
  const common = { v: version, active: answer.kind === 'active', signed, at: answeredAt };
  return JSON.stringify(answer.kind === 'active' ? { ...common, claims: answer.claims } : common);
}

/** Reads what a cache returned; anything that is not of this very form is nothing. */
export function parseCachedAnswer(text: unknown): CachedAnswer | undefined {
  const value = parseObject(text);
  if (value === undefined) return undefined;
  const { v, active, signed, at, claims } = value;
  if (v !== version || typeof signed !== 'boolean' || typeof at !== 'number' || !Number.isFinite(at))
    return undefined;
  if (active === false) return { answer: { kind: 'inactive' }, answeredAt: at, signed };
  if (active !== true || typeof claims !== 'object' || claims === null || Array.isArray(claims))
    return undefined;
  if (isTooDeep(claims)) return undefined;
  const answer = { kind: 'active', claims: deepFreeze(claims as Claims), answeredAt: at } as const;
  return { answer, answeredAt: at, signed };
}

function parseObject(text: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof text !== 'string' || text.length > maxTextLength) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export interface IntrospectionCacheOptions {
  readonly settings: CacheSettings;
  /** Whether only answers with a verified signature count. */
  readonly signed: boolean;
  readonly now: Clock;
  /** Called when answers are given up that could still be used, with their number since the last call; at most once a minute. */
  readonly onPressure: (dropped: number) => void;
  /** What processes share, behind what this one keeps. */
  readonly shared?: SharedAnswers | undefined;
}

/** How far the clocks of processes that share answers may differ. */
const clockToleranceSeconds = 5;

/**
 * Answers kept in this process, and behind that in a store that processes share. Of tokens that are not active only this process
 * keeps the answers, and apart from the others: anybody can make up tokens, and must not push out the good ones.
 *
 * An entry carries the time of its answer, and the limits of the reader decide: never older than they allow, never past `exp`
 * (RFC 7662 §4). A shared store that fails is as good as empty.
 */
export class IntrospectionCache {
  readonly #options: IntrospectionCacheOptions;
  readonly #active: MemoryCache;
  readonly #inactive: MemoryCache;

  constructor(options: IntrospectionCacheOptions) {
    this.#options = options;
    const pressure = new CachePressure(options.onPressure, options.now);
    this.#active = new MemoryCache(options.settings, options.now, pressure);
    this.#inactive = new MemoryCache(options.settings, options.now);
  }

  async get(key: string): Promise<IntrospectionAnswer | undefined> {
    const local = parseCachedAnswer(this.#active.get(key) ?? this.#inactive.get(key));
    if (local !== undefined && this.#remainingSeconds(local) > 0) return local.answer;
    const text = await this.#options.shared?.get(key);
    const found = parseCachedAnswer(text);
    // Of inactive tokens no process tells another
    if (found?.answer.kind !== 'active') return undefined;
    const seconds = this.#remainingSeconds(found);
    if (seconds <= 0) return undefined;
    // Only text is found to be an answer
    this.#keep(key, found.answer, text ?? '', seconds);
    return found.answer;
  }

  /** Keeps an answer, or forgets the former one where this one must not be kept. */
  put(key: string, answer: IntrospectionAnswer): void {
    const { now, signed } = this.#options;
    const cached = { answer, signed, answeredAt: Math.floor(now() / 1000) };
    const seconds = Math.floor(this.#remainingSeconds(cached));
    const text = formatCachedAnswer(cached);
    this.#active.delete(key);
    if (seconds >= 1) this.#keep(key, answer, text, seconds);
    const { shared } = this.#options;
    if (answer.kind === 'active' && seconds >= 1) void shared?.set(key, text, seconds);
    else void shared?.delete(key);
  }

  #keep(key: string, { kind }: IntrospectionAnswer, text: string, seconds: number): void {
    (kind === 'active' ? this.#active : this.#inactive).set(key, text, seconds);
  }

  #remainingSeconds({ answer, answeredAt, signed }: CachedAnswer): number {
    if (this.#options.signed && !signed) return 0;
    const { activeSeconds, inactiveSeconds } = this.#options.settings;
    const now = this.#options.now() / 1000;
    const age = now - answeredAt;
    if (!(age >= -clockToleranceSeconds)) return 0;
    const remaining = (answer.kind === 'active' ? activeSeconds : inactiveSeconds) - Math.max(0, age);
    const exp = answer.kind === 'active' ? answer.claims.exp : undefined;
    return typeof exp === 'number' ? Math.min(remaining, exp - now) : remaining;
  }
}
