import type { RequestHead } from '../http/request-head.js';

/** Why nobody waits for an answer any more. */
export type Expiry = 'late' | 'gone';

/** What came of waiting. */
export type Waited =
  | { readonly kind: 'answered'; readonly answer: unknown }
  | { readonly kind: 'threw'; readonly cause: unknown }
  | { readonly kind: Expiry };

/** How long a function is waited for: from its first promise until a limit, or until the client has gone. */
export class TimeLimit {
  readonly #ms: number;
  readonly #head: RequestHead | undefined;
  #controller: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopListening: (() => void) | undefined;
  #expiry: Expiry | undefined;
  #hasEnded = false;
  #expired: Promise<Waited> | undefined;
  #expire: ((waited: Waited) => void) | undefined;

  constructor(ms: number, head?: RequestHead) {
    this.#ms = ms;
    this.#head = head;
  }

  /** Made when it is first read: most functions do not need it, and it takes longer than they do. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#expiry !== undefined) this.#controller.abort();
    this.#begin();
    return this.#controller.signal;
  }

  /** @param pending - a promise of one's own, whose rejection is heard here */
  wait(pending: Promise<unknown>): Promise<Waited> {
    this.#begin();
    if (this.#expiry !== undefined) {
      pending.catch(() => undefined);
      return Promise.resolve({ kind: this.#expiry });
    }
    this.#expired ??= new Promise((resolve) => (this.#expire = resolve));
    const settled = pending.then(
      (answer): Waited => ({ kind: 'answered', answer }),
      (cause: unknown): Waited => ({ kind: 'threw', cause }),
    );
    return Promise.race([settled, this.#expired]);
  }

  /** To be called when there is nothing to wait for any more. */
  end(): void {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    this.#stopListening?.();
    this.#stopListening = undefined;
  }

  #begin(): void {
    if (this.#timer !== undefined || this.#hasEnded) return;
    this.#timer = setTimeout(() => this.#stop('late'), this.#ms);
    this.#stopListening = this.#head?.whenGone?.(() => this.#stop('gone'));
  }

  #stop(expiry: Expiry): void {
    if (this.#expiry !== undefined) return;
    this.#expiry = expiry;
    this.end();
    this.#expire?.({ kind: expiry });
    this.#controller?.abort();
  }
}
