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

/** What Redis calls a script by, which is no secret. */
async function digestOf(script: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(script));
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
