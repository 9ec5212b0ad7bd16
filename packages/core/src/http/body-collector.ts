import { type BodyOutcome, type BodyProblemKind, parseJsonBody } from './json-body.js';

/** Share of the budget that callers without a token may have together: nobody without one can crowd out the others. */
const anonymousShare = 0.25;

/**
 * The memory that all bodies take that are being read at a time.
 *
 * @see RFC 9110 §15.5.14
 * @example
 * ```ts
 * import type { BodyBudget } from '@mcp-auth/core/adapter';
 *
 * export function withMemory(budget: BodyBudget, bytes: number, work: () => void): boolean {
 *   if (!budget.take(bytes, true)) return false;
 *   work();
 *   budget.give(bytes, true);
 *   return true;
 * }
 * ```
 */
export class BodyBudget {
  readonly #maxBytes: number;
  #bytes = 0;
  #anonymousBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether so many bytes more may be taken; they are then, and have to be given back. */
  take(bytes: number, anonymous: boolean): boolean {
    if (this.#bytes + bytes > this.#maxBytes) return false;
    if (anonymous && this.#anonymousBytes + bytes > this.#maxBytes * anonymousShare) return false;
    this.#bytes += bytes;
    if (anonymous) this.#anonymousBytes += bytes;
    return true;
  }

  give(bytes: number, anonymous: boolean): void {
    this.#bytes -= bytes;
    if (anonymous) this.#anonymousBytes -= bytes;
  }
}

/** What one request may have of this process to have its body read. */
export interface BodyLimits {
  readonly maxBytes: number;
  /** For the whole body. */
  readonly timeoutMs: number;
  readonly budget: BodyBudget;
  /** Whether the caller has shown no token. */
  readonly anonymous: boolean;
}

const firstBytes = 4096;

/** One for all: each would be an object for the collector of garbage in every request. */
const none: Uint8Array = new Uint8Array(0);

/** So many chunks may be as small as they like; of more than that the mean must be worth its cost. */
const freeChunks = 4096;
const minMeanBytes = 16;

/**
 * Takes the chunks of one body, into one buffer that grows: at the moment of growing it takes three times what has come, at
 * all other times two. Engines keep a few hundred bytes for each chunk that is kept as it is, no matter its size.
 *
 * @see RFC 9110 §15.5.14
 * @example
 * ```ts
 * import { BodyCollector, type BodyLimits, type BodyOutcome } from '@mcp-auth/core/adapter';
 *
 * export async function read(chunks: AsyncIterable<Uint8Array>, limits: BodyLimits): Promise<BodyOutcome> {
 *   const collector = new BodyCollector(limits);
 *   if (!collector.begin()) return { kind: 'busy' };
 *   try {
 *     for await (const chunk of chunks) {
 *       const problem = collector.add(chunk);
 *       if (problem !== undefined) return { kind: problem };
 *     }
 *     // Or collector.bytes(), for a parser that comes later
 *     return collector.finish();
 *   } finally {
 *     collector.end();
 *   }
 * }
 * ```
 */
export class BodyCollector {
  readonly #limits: BodyLimits;
  /** A body in one piece, as most are, is not copied. */
  #only: Uint8Array | undefined;
  #buffer = none;
  #size = 0;
  #chunks = 0;
  #taken = 0;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
  }

  /** To be called before anything is read. Whether there is memory for it. */
  begin(): boolean {
    return this.#take(firstBytes);
  }

  /** Takes a chunk; the reason, where the rest of the body is not wanted any more. */
  add(chunk: Uint8Array): BodyProblemKind | undefined {
    const offset = this.#size;
    this.#size += chunk.byteLength;
    this.#chunks += 1;
    if (this.#size > this.#limits.maxBytes) return 'too-large';
    if (this.#chunks > freeChunks && this.#size < this.#chunks * minMeanBytes) return 'too-many-chunks';
    if (offset === 0) {
      this.#only = chunk;
      return this.#take(this.#size) ? undefined : 'busy';
    }
    if (this.#size > this.#buffer.byteLength && !this.#grow(offset)) return 'busy';
    this.#buffer.set(chunk, offset);
    return undefined;
  }

  /** Whether nothing has come. */
  get isEmpty(): boolean {
    return this.#size === 0;
  }

  /** What the body holds. */
  finish(): BodyOutcome {
    return parseJsonBody(this.bytes());
  }

  /** All that has come, until {@link end}. */
  bytes(): Uint8Array {
    return this.#only ?? this.#buffer.subarray(0, this.#size);
  }

  /** To be called once, however it went: gives the memory back. */
  end(): void {
    this.#limits.budget.give(this.#taken, this.#limits.anonymous);
    this.#taken = 0;
    this.#only = undefined;
    this.#buffer = none;
  }

  #grow(used: number): boolean {
    const capacity = Math.min(Math.max(2 * this.#size, firstBytes), this.#limits.maxBytes);
    if (!this.#take(capacity)) return false;
    const larger = new Uint8Array(capacity);
    larger.set(this.#only ?? this.#buffer.subarray(0, used));
    this.#only = undefined;
    this.#buffer = larger;
    return true;
  }

  /** So many bytes in all. */
  #take(bytes: number): boolean {
    const more = bytes - this.#taken;
    if (more <= 0) return true;
    if (!this.#limits.budget.take(more, this.#limits.anonymous)) return false;
    this.#taken = bytes;
    return true;
  }
}
