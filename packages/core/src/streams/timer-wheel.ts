import type { Clock } from '../net/environment.js';

/** How long one slot lasts, and how often is looked: what is due ends within two of them. */
const slotMs = 250;

/**
 * Times for many: entries in slots of a quarter second, and one interval for all of them, which keeps no process alive and stops
 * when there is nothing to wait for.
 */
export class TimerWheel<Entry> {
  readonly #now: Clock;
  readonly #onTick: (due: readonly Entry[]) => void;
  readonly #slots = new Map<number, Set<Entry>>();
  #timer: ReturnType<typeof setInterval> | undefined;
  /** Where slots are counted from, so that their numbers are small: many entries keep one. */
  #begin: number | undefined;
  /** The last slot that was emptied. */
  #last = -Infinity;
  #size = 0;

  /** @param onTick - called four times a second while there are entries, with those that are due: they are gone by then */
  constructor(now: Clock, onTick: (due: readonly Entry[]) => void) {
    this.#now = now;
    this.#onTick = onTick;
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Adds an entry that is in no slot.
   *
   * @param dueMs - by the clock
   * @returns its slot, to take it out again
   */
  add(entry: Entry, dueMs: number): number {
    const slot = this.#slotOf(dueMs);
    // Its time has passed, or the clock was set back
    if (slot <= this.#last) this.#last = slot - 1;
    const entries = this.#slots.get(slot);
    if (entries === undefined) this.#slots.set(slot, new Set([entry]));
    else entries.add(entry);
    this.#size++;
    this.#timer ??= startInterval(() => this.#tick());
    return slot;
  }

  /** Whether it was there. */
  remove(entry: Entry, slot: number): boolean {
    const entries = this.#slots.get(slot);
    if (entries?.delete(entry) !== true) return false;
    if (entries.size === 0) this.#slots.delete(slot);
    this.#size--;
    this.#rest();
    return true;
  }

  *entries(): Iterable<Entry> {
    for (const entries of this.#slots.values()) yield* entries;
  }

  #tick(): void {
    this.#onTick(this.#takeDue());
    this.#rest();
  }

  #takeDue(): readonly Entry[] {
    const current = this.#current();
    const due: Entry[] = [];
    const take = (slot: number) => {
      const entries = this.#slots.get(slot);
      if (entries === undefined) return;
      due.push(...entries);
      this.#slots.delete(slot);
    };
    // A clock may jump, or be set back: then there may be more slots to look at than there are
    if (current - this.#last <= this.#slots.size) {
      for (let slot = this.#last + 1; slot <= current; slot++) take(slot);
    } else {
      for (const slot of [...this.#slots.keys()]) if (slot <= current) take(slot);
    }
    this.#last = Number.isFinite(current) ? current : -Infinity;
    this.#size -= due.length;
    return due;
  }

  /** With a clock that does not tell the time, nothing lasts. */
  #current(): number {
    try {
      return this.#slotOf(this.#now());
    } catch {
      return Infinity;
    }
  }

  #slotOf(timeMs: number): number {
    this.#begin ??= Math.floor(timeMs / slotMs);
    return Math.floor(timeMs / slotMs) - this.#begin;
  }

  #rest(): void {
    if (this.#size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

function startInterval(tick: () => void): ReturnType<typeof setInterval> {
  const timer = setInterval(tick, slotMs);
  // Elsewhere than on Node it is a number
  (timer as { unref?: () => void }).unref?.();
  return timer;
}
