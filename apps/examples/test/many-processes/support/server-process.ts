import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('server-child.mjs', import.meta.url));

export interface ServerSettings {
  readonly issuer: string;
  readonly resource: string;
  /** None for one that shares nothing. */
  readonly redisPort: number | undefined;
  readonly secret: string;
  readonly whenClaimsUnavailable?: 'refuse' | 'local' | undefined;
  readonly commandTimeoutMs: number;
}

/** What was told of a store: an outage that began or ended. */
export interface Outage {
  readonly store: 'answers' | 'claims' | 'revocations';
  readonly phase: 'begin' | 'end';
  /** Of its beginning. */
  readonly reason?: string;
}

interface Message {
  readonly id: number;
  readonly answer: unknown;
}

/** A server in a process of its own. */
export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #asked = 0;
  #port = 0;

  private constructor(settings: ServerSettings) {
    this.#child = fork(program, [JSON.stringify(settings)], {
      execArgv: ['--expose-gc'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    this.#child.on('message', (message) => {
      const { id, answer } = message as Message;
      this.#waiting.get(id)?.(answer);
      this.#waiting.delete(id);
    });
  }

  /** @throws {Error} when it ends before it listens */
  static async start(settings: ServerSettings): Promise<ServerProcess> {
    const server = new ServerProcess(settings);
    const ended = once(server.#child, 'exit').then(() =>
      Promise.reject(new Error('a server does not start')),
    );
    ended.catch(() => undefined);
    server.#port = (await Promise.race([server.#hear(0), ended])) as number;
    return server;
  }

  get port(): number {
    return this.#port;
  }

  get pid(): string {
    return String(this.#child.pid);
  }

  async outages(): Promise<readonly Outage[]> {
    return (await this.#ask('outages')) as readonly Outage[];
  }

  /** Whether the others have heard of it. */
  async revoke(subject: string): Promise<boolean> {
    const { isShared } = (await this.#ask('revoke', subject)) as { readonly isShared?: boolean };
    return isShared === true;
  }

  async heapBytes(): Promise<number> {
    return ((await this.#ask('spent')) as { readonly heapBytes: number }).heapBytes;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }

  #ask(task: string, argument?: string): Promise<unknown> {
    const id = ++this.#asked;
    const answer = this.#hear(id);
    this.#child.send({ id, task, argument });
    return answer;
  }

  #hear(id: number): Promise<unknown> {
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }
}
