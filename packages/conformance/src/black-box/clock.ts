/** The time of a whole audit is over. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** Bounds the time of a whole audit. */
export class Clock {
  readonly #endsAt: number;
  #isOver = false;

  constructor(maxSeconds: number) {
    this.#endsAt = performance.now() + maxSeconds * 1000;
  }

  /** Whether something was cut off, or would be. */
  get isOver(): boolean {
    this.#isOver ||= performance.now() >= this.#endsAt;
    return this.#isOver;
  }

  /** What comes of the work, or {@link OutOfTime}: then nobody waits for it any more. */
  async limit<Found>(work: () => Promise<Found>): Promise<Found> {
    if (this.isOver) throw new OutOfTime();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => {
          this.#isOver = true;
          reject(new OutOfTime());
        },
        Math.max(0, this.#endsAt - performance.now()),
      );
    });
    try {
      return await Promise.race([work(), end]);
    } finally {
      clearTimeout(timer);
    }
  }
}
