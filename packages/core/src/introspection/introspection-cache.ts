import { MemoryCache } from '../cache/memory-cache.js';
import type { SharedCache } from '../cache/shared-cache.js';
import type { Clock } from '../net/clock.js';
import { FailureBackoff } from '../net/retry-budget.js';
import type { CacheSettings } from '../config/check-introspection.js';
import { formatCachedAnswer, parseCachedAnswer, type CachedAnswer } from './cached-answer.js';
import type { IntrospectionAnswer } from './introspection-answer.js';

export interface IntrospectionCacheOptions {
  readonly settings: CacheSettings;
  /** Whether only answers with a verified signature count. */
  readonly signed: boolean;
  readonly now: Clock;
  /** Called when the shared cache fails. */
  readonly onFault: () => void;
}

/** How long a shared cache may take; asking the server anew takes little longer. */
const sharedTimeoutMs = 250;
/** How far the clocks of processes that share a cache may differ. */
const clockToleranceSeconds = 5;

/**
 * Answers kept in this process, and behind that in a cache that processes share.
 *
 * An entry carries the time of its answer, and the limits of the reader decide: never older than they allow, never past `exp`
 * (RFC 7662 §4). A shared cache that fails is left alone for a while and is otherwise as good as empty.
 */
export class IntrospectionCache {
  readonly #options: IntrospectionCacheOptions;
  readonly #local: MemoryCache;
  readonly #backoff: FailureBackoff;

  constructor(options: IntrospectionCacheOptions) {
    this.#options = options;
    this.#local = new MemoryCache(options.settings, options.now);
    this.#backoff = new FailureBackoff(options.now);
  }

  async get(key: string): Promise<IntrospectionAnswer | undefined> {
    const local = parseCachedAnswer(this.#local.get(key));
    if (local !== undefined && this.#remainingSeconds(local) > 0) return local.answer;
    const text = await this.#ask((shared) => shared.get(key));
    const found = parseCachedAnswer(text);
    if (found === undefined) return undefined;
    const seconds = this.#remainingSeconds(found);
    if (seconds <= 0) return undefined;
    this.#local.set(key, text as string, seconds);
    return found.answer;
  }

  /** Keeps an answer, or forgets the former one where this one must not be kept. */
  put(key: string, answer: IntrospectionAnswer): void {
    const { now, signed } = this.#options;
    const cached = { answer, signed, answeredAt: Math.floor(now() / 1000) };
    const seconds = Math.floor(this.#remainingSeconds(cached));
    if (seconds < 1) {
      this.#local.delete(key);
      void this.#ask((shared) => shared.delete(key));
      return;
    }
    const text = formatCachedAnswer(cached);
    this.#local.set(key, text, seconds);
    void this.#ask((shared) => shared.set(key, text, seconds));
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

  /** Whatever a shared cache does, and however long it takes, the caller goes on. */
  async #ask(request: (shared: SharedCache) => unknown): Promise<unknown> {
    const { settings, onFault } = this.#options;
    const { shared } = settings;
    if (shared === undefined || !this.#backoff.open) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('timeout')), sharedTimeoutMs);
    });
    try {
      const value = await Promise.race([request(shared), timeout]);
      this.#backoff.succeed();
      return value;
    } catch {
      this.#backoff.fail();
      onFault();
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}
