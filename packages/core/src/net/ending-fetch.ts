import type { FetchFunction } from './fetch-json.js';

/** A fetch function whose running calls can all be ended; from then on it makes none. */
export class EndingFetch {
  readonly #fetch: FetchFunction;
  /** Each until its caller is done with the answer too: whoever fetches aborts its own signal then. */
  readonly #running = new Set<AbortController>();
  #hasEnded = false;

  constructor(fetch: FetchFunction) {
    this.#fetch = fetch;
  }

  readonly fetch: FetchFunction = async (url, init) => {
    if (this.#hasEnded) throw ended();
    const controller = new AbortController();
    const forget = () => {
      this.#running.delete(controller);
      controller.abort();
    };
    if (init.signal.aborted) controller.abort();
    else this.#running.add(controller);
    init.signal.addEventListener('abort', forget, { once: true });
    return Promise.race([
      this.#fetch(url, { ...init, signal: controller.signal }),
      // Not every fetch that is passed in minds its signal
      new Promise<never>((_resolve, reject) => {
        controller.signal.addEventListener('abort', () => reject(ended()), { once: true });
      }),
    ]);
  };

  end(): void {
    this.#hasEnded = true;
    for (const controller of this.#running) controller.abort();
    this.#running.clear();
  }
}

function ended(): Error {
  return new Error('The fetch was ended');
}
