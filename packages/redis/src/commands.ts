import type { Send } from './client.js';

/** Commands to one database, each with its own time: settings of clients do not bound an answer that never comes. */
export class Commands {
  readonly #send: Send;
  readonly #timeoutMs: number;
  #isClosed = false;

  constructor(send: Send, timeoutMs: number) {
    this.#send = send;
    this.#timeoutMs = timeoutMs;
  }

  /** From now on nothing is sent. */
  close(): void {
    this.#isClosed = true;
  }

  /** @param key - one of its keys; all are in one slot */
  async send(key: string, ...args: readonly string[]): Promise<unknown> {
    if (this.#isClosed) throw new Error('the stores are closed');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const giveUp = () => reject(new Error(`Redis did not answer in ${this.#timeoutMs} ms`));
      // Where the process was busy, an answer that is there already is read between the two timers
      timer = setTimeout(() => (timer = setTimeout(giveUp, 1)), this.#timeoutMs);
    });
    try {
      return await Promise.race([this.#send(key, args), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs a script, whole: a database that was restarted knows none by its digest. */
  run(script: string, keys: readonly [string, ...string[]], ...args: readonly string[]): Promise<unknown> {
    return this.send(keys[0], 'EVAL', script, String(keys.length), ...keys, ...args);
  }
}
