import { ignoreRejection } from '../errors/promises.js';
import { LineQueue } from './line-queue.js';
import type { RotatingFile } from './rotating-file.js';

export interface AuditWriterOptions {
  readonly file: RotatingFile;
  readonly maxPendingBytes: number;
  /** Told once for each time the disk stops working. */
  readonly onError: (error: Error) => unknown;
  /** The line that tells how many others were dropped. */
  readonly describeDropped: (count: number) => string;
}

/** What is lost at most where a write fails halfway. */
const batchBytes = 262_144;
/** A disk that is full is not asked again for each request. */
const retryMs = 1000;

/** Writes lines one after another, and never lets whoever brings them wait. */
export class AuditWriter {
  readonly #options: AuditWriterOptions;
  readonly #pending: LineQueue;
  #dropped = 0;
  #droppedInAll = 0;
  #isTold = false;
  #isClosed = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;

  constructor(options: AuditWriterOptions) {
    this.#options = options;
    this.#pending = new LineQueue(options.maxPendingBytes);
    this.#start();
  }

  /** Lines that were dropped since the beginning. */
  get dropped(): number {
    return this.#droppedInAll;
  }

  add(line: string): void {
    if (this.#isClosed || !this.#pending.add(line)) this.drop();
    else this.#start();
  }

  drop(count = 1): void {
    this.#dropped += count;
    this.#droppedInAll += count;
  }

  /** Writes what waits and takes no more. What the disk does not take now is dropped. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#start();
    await this.#running;
    clearTimeout(this.#retry);
    this.drop(this.#pending.take(Infinity).length);
    try {
      await this.#options.file.close();
    } catch (error) {
      this.#tell(error);
    }
  }

  #start(): void {
    if (this.#running !== undefined || this.#retry !== undefined) return;
    this.#running = this.#write().finally(() => {
      this.#running = undefined;
    });
  }

  async #write(): Promise<void> {
    const { file } = this.#options;
    try {
      await file.open();
      while (!this.#pending.isEmpty || this.#dropped > 0) await this.#writeBatch();
      this.#isTold = false;
    } catch (error) {
      this.#tell(error);
      await file.close().catch(() => undefined);
      this.#retry = setTimeout(() => {
        this.#retry = undefined;
        this.#start();
      }, retryMs);
      this.#retry.unref();
    }
  }

  /** What may have been written in part is not written again: it is counted. */
  async #writeBatch(): Promise<void> {
    const { file, describeDropped } = this.#options;
    const count = this.#dropped;
    const lines = this.#pending.take(Math.min(batchBytes, file.room));
    try {
      await file.append([...(count === 0 ? [] : [describeDropped(count)]), ...lines].join(''));
      this.#dropped -= count;
    } catch (error) {
      this.drop(lines.length);
      throw error;
    }
  }

  #tell(error: unknown): void {
    if (this.#isTold) return;
    this.#isTold = true;
    try {
      ignoreRejection(this.#options.onError(error instanceof Error ? error : new Error(String(error))));
    } catch {
      // Whoever hears of it must not stop what is written
    }
  }
}
