import type { Attributes, Meter } from '@opentelemetry/api';

interface Count {
  readonly labels: Attributes;
  value: number;
}

/**
 * A counter that is read when the SDK collects. For what is counted with every request: a counter of the SDK sorts and writes out all
 * labels each time, which takes longer than the decision that is counted.
 */
export class Tally {
  readonly #counts = new Map<string, Count>();

  constructor(meter: Meter, name: string, unit: string, description: string) {
    meter.createObservableCounter(name, { unit, description }).addCallback((result) => {
      for (const { value, labels } of this.#counts.values()) result.observe(value, labels);
    });
  }

  /**
   * @param key - stands for the labels: one for each set of them, and as few
   * @param createLabels - called for the first of each key
   */
  add(key: string, createLabels: () => Attributes): void {
    const count = this.#counts.get(key);
    if (count === undefined) this.#counts.set(key, { labels: createLabels(), value: 1 });
    else count.value++;
  }
}
