const dayMs = 86_400_000;
const form = /^\d{4}-\d{2}-\d{2}$/;

/** When a day ends, by UTC, in milliseconds since the epoch; nothing for what is not a day, written as 2027-01-31. */
export function endOfDay(day: unknown): number | undefined {
  if (typeof day !== 'string' || !form.test(day)) return undefined;
  const begin = Date.parse(`${day}T00:00:00Z`);
  // Some engines read the 31st of February as a day of March
  return Number.isNaN(begin) || dayOf(begin) !== day ? undefined : begin + dayMs;
}

/** The day of a time, by UTC. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The day that is so many days after that of a time, by UTC. */
export function dayAfter(time: number, days: number): string {
  return dayOf(time + days * dayMs);
}

/** Something that goes on until a day has ended, by UTC, and never begins again. */
export class Deadline {
  readonly day: string;
  readonly #end: number;
  readonly #now: () => number;
  readonly #onOver: () => void;
  #isOver = false;

  /**
   * @param day - written as 2027-01-31; what is not a day is over
   * @param now - milliseconds since the epoch
   * @param onOver - called once, when it is first found to be over
   */
  constructor(day: string, now: () => number, onOver: () => void) {
    this.day = day;
    this.#end = endOfDay(day) ?? -Infinity;
    this.#now = now;
    this.#onOver = onOver;
  }

  /** A clock that is set back changes nothing. */
  hasEnded(): boolean {
    if (this.#isOver) return true;
    if (this.#now() < this.#end) return false;
    this.#isOver = true;
    this.#onOver();
    return true;
  }
}
