/** From one time to another, both included. */
interface Span {
  from: number;
  to: number;
}

/** Beyond so many, the two that lie closest become one, with all that lies between. */
const maxSpans = 16;

/** Times, as the spans they lie in: those at which claims end, of which a clock that is set leaves some out or comes to them again. */
export class TimeSpans {
  /** In their order, none of them in another. */
  #spans: Span[] = [];

  /**
   * Adds a time, and what lies between it and one that is at most so far away.
   *
   * @param slack - how far times may lie apart that a clock has gone through on its own
   */
  add(time: number, slack: number): void {
    const span = this.#spans.find(({ from, to }) => from - slack <= time && time <= to + slack);
    if (span === undefined) this.#join({ from: time, to: time });
    else if (time < span.from) span.from = time;
    else if (time > span.to) span.to = time;
  }

  /** Adds all of them. */
  addAll(others: TimeSpans): void {
    for (const { from, to } of others.#spans) this.#join({ from, to });
  }

  clear(): void {
    this.#spans = [];
  }

  /** Where the span ends that this time lies in; nothing where it lies in none. */
  endOf(time: number): number | undefined {
    return this.#spans.find(({ from, to }) => from <= time && time <= to)?.to;
  }

  #join(joined: Span): void {
    const others = this.#spans.filter((span) => {
      if (span.to < joined.from || joined.to < span.from) return true;
      joined.from = Math.min(joined.from, span.from);
      joined.to = Math.max(joined.to, span.to);
      return false;
    });
    this.#spans = [...others, joined].sort((one, other) => one.from - other.from);
    if (this.#spans.length > maxSpans) this.#joinClosest();
  }

  #joinClosest(): void {
    const spans = this.#spans;
    let closest = 1;
    const gapBefore = (index: number) => (spans[index]?.from ?? 0) - (spans[index - 1]?.to ?? 0);
    for (let index = 2; index < spans.length; index++)
      if (gapBefore(index) < gapBefore(closest)) closest = index;
    const [one, other] = spans.slice(closest - 1, closest + 1);
    if (one !== undefined && other !== undefined)
      spans.splice(closest - 1, 2, { from: one.from, to: other.to });
  }
}
