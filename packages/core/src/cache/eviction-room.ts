import { OldestFirst } from './oldest-first.js';

/** What is kept in a room. */
export interface Kept {
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  /** Milliseconds since the epoch, from which on it is of no use; `Infinity` where there is no such time. */
  readonly uselessAt: number;
  /** The room's generation when it was used last, which whoever finds it writes. */
  usedIn: number;
  /** Its place, which the room writes; -1 where it has none. */
  place: number;
  /** Takes it out of where it is found. */
  leave(): void;
}

export interface RoomLimits {
  readonly maxAgeMs: number;
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/** Most that are looked at by chance for one to give up, and then in turn: what nobody asks for any more is found in the end. */
const maxSamples = 16;
const maxInTurn = 32;

/**
 * Room for so many entries and so many bytes, all of it in use before anything is given up.
 *
 * What is over-age goes first. Then, of some taken by chance, one that was used longest ago, counted in generations: half the entries or half
 * the bytes admitted make one. By chance, since an order of use gives up each entry just before it is asked when a few more than fit are asked in
 * turn. In generations, since what is in use must outlive a flood of others. What is new takes out no more than it brings.
 */
export class EvictionRoom<Content extends Kept> {
  readonly #limits: RoomLimits;
  readonly #contents: Content[] = [];
  readonly #byAge = new OldestFirst<Content, true>();
  #bytes = 0;
  #admittedEntries = 0;
  #admittedBytes = 0;
  #turn = 0;
  generation = 1;

  constructor(limits: RoomLimits) {
    this.#limits = limits;
  }

  /**
   * Admits an entry, and gives up others where that is needed.
   *
   * @returns how many were given up that were of use; nothing where the entry is not admitted
   */
  admit(content: Content, now: number): number | undefined {
    const { maxBytes, maxAgeMs, maxEntries } = this.#limits;
    // Or a single one could push out all others. What is not a number does not fit either
    if (!(content.bytes <= maxBytes / 2)) return undefined;
    this.#forgetOverAge(now - maxAgeMs);
    let dropped = 0;
    while (this.#contents.length >= maxEntries || this.#bytes + content.bytes > maxBytes) {
      const chosen = this.#choose(now);
      if (chosen === undefined) break;
      if (now < chosen.uselessAt) dropped += 1;
      this.giveUp(chosen);
    }
    this.#count(content.bytes);
    content.usedIn = this.generation - 1;
    content.place = this.#contents.length;
    this.#contents.push(content);
    this.#byAge.add(content, true);
    this.#bytes += content.bytes;
    return dropped;
  }

  giveUp(content: Content): void {
    const last = content.place < 0 ? undefined : this.#contents.pop();
    if (last === undefined) return;
    if (last !== content) {
      this.#contents[content.place] = last;
      last.place = content.place;
    }
    content.place = -1;
    this.#byAge.delete(content);
    this.#bytes -= content.bytes;
    content.leave();
  }

  #forgetOverAge(after: number): void {
    for (let oldest = this.#byAge.oldest(); oldest !== undefined; oldest = this.#byAge.oldest()) {
      if (!(oldest.key.storedAt <= after)) return;
      this.giveUp(oldest.key);
    }
  }

  #count(bytes: number): void {
    this.#admittedEntries += 1;
    this.#admittedBytes += bytes;
    const { maxEntries, maxBytes } = this.#limits;
    if (this.#admittedEntries <= maxEntries / 2 && this.#admittedBytes <= maxBytes / 2) return;
    this.generation += 1;
    this.#admittedEntries = 1;
    this.#admittedBytes = bytes;
  }

  #choose(now: number): Content | undefined {
    let chosen: Content | undefined;
    for (let count = 0; count < maxSamples; count++) {
      const sample = this.#contents[Math.floor(Math.random() * this.#contents.length)];
      if (sample === undefined || sample.uselessAt <= now) return sample;
      if (chosen === undefined || sample.usedIn < chosen.usedIn) chosen = sample;
      // Used neither in this generation nor in the one before
      if (chosen.usedIn < this.generation - 1) return chosen;
    }
    return this.#findOlder(chosen) ?? chosen;
  }

  #findOlder(than: Content | undefined): Content | undefined {
    for (let count = 0; count < maxInTurn && than !== undefined; count++) {
      this.#turn = (this.#turn + 1) % this.#contents.length;
      const content = this.#contents[this.#turn];
      if (content !== undefined && content.usedIn < than.usedIn) return content;
    }
    return undefined;
  }
}
