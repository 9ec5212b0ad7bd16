/**
 * Tells many that a client has left, with one listener on what carries the request: Node warns of a leak where there are a dozen, which a
 * body with as many calls would have.
 */
export class GoneListeners {
  readonly #listen: (tell: () => void) => () => void;
  readonly #waiting = new Set<{ readonly tell: () => void }>();
  #stop: (() => void) | undefined;

  /** @param listen - called with what is to be called when the client leaves; returns what ends that */
  constructor(listen: (tell: () => void) => () => void) {
    this.#listen = listen;
  }

  /** @returns what forgets it again */
  add(tell: () => void): () => void {
    // By itself, for one function may wait twice
    const entry = { tell };
    this.#waiting.add(entry);
    this.#stop ??= this.#listen(() => {
      for (const each of [...this.#waiting]) each.tell();
    });
    return () => {
      this.#waiting.delete(entry);
      if (this.#waiting.size > 0) return;
      this.#stop?.();
      this.#stop = undefined;
    };
  }
}
