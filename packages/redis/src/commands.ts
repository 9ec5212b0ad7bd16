import type { Send } from './client.js';

/** Commands to one database, each with its own time: settings of clients do not bound an answer that never comes. */
export class Commands {
  readonly #send: Send;
  readonly #timeoutMs: number;
  readonly #digests = new Map<string, string>();
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
  send(key: string, ...args: readonly string[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#isClosed) throw new Error('the stores are closed');
      const pending = this.#send(key, args);
      const giveUp = () => reject(new Error(`Redis did not answer in ${this.#timeoutMs} ms`));
      // Where the process was busy, an answer that is there already is read between the two timers
      let timer = setTimeout(() => (timer = setTimeout(giveUp, 1)), this.#timeoutMs);
      const stop = () => clearTimeout(timer);
      pending.then(stop, stop);
      pending.then(resolve, reject);
    });
  }

  /** Runs a script by its digest, and whole where the database does not know it: one that was restarted knows none. */
  async run(
    script: string,
    keys: readonly [string, ...string[]],
    ...args: readonly string[]
  ): Promise<unknown> {
    const rest = [String(keys.length), ...keys, ...args];
    const digest = this.#digests.get(script);
    if (digest !== undefined) {
      try {
        return await this.send(keys[0], 'EVALSHA', digest, ...rest);
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      }
    }
    const answer = await this.send(keys[0], 'EVAL', script, ...rest);
    if (digest === undefined) this.#digests.set(script, await digestOf(script));
    return answer;
  }
}

/** What Redis calls a script by: nothing hangs on how strong it is. */
async function digestOf(script: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(script));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
