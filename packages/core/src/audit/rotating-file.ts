import { type FileHandle, open, rename, rm } from 'node:fs/promises';

export interface RotatingFileOptions {
  /** Absolute. */
  readonly path: string;
  /** Size that a file does not exceed, in bytes, unless one line is longer. */
  readonly maxBytes: number;
  /** Files in all. */
  readonly maxFiles: number;
}

/** Who may read: the owner of the process. Events hold personal data. */
const mode = 0o600;

/** A file that is only ever appended to, and that makes room by renaming: `audit.log`, `audit.log.1`, `audit.log.2`, … */
export class RotatingFile {
  readonly #options: RotatingFileOptions;
  #handle: FileHandle | undefined;
  #size = 0;

  constructor(options: RotatingFileOptions) {
    this.#options = options;
  }

  /** Opens the file, so that what is wrong with it shows before there is anything to write. */
  async open(): Promise<void> {
    await this.#opened();
  }

  /** Bytes that still fit into the file that is open. */
  get room(): number {
    return Math.max(0, this.#options.maxBytes - this.#size);
  }

  /** Appends whole lines, to the next file where they do not fit into this one. */
  async append(lines: string): Promise<void> {
    const bytes = Buffer.from(lines);
    let handle = await this.#opened();
    if (this.#size > 0 && bytes.length > this.room) {
      await this.#rotate();
      handle = await this.#opened();
    }
    await handle.appendFile(bytes);
    this.#size += bytes.length;
  }

  async close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  async #opened(): Promise<FileHandle> {
    if (this.#handle !== undefined) return this.#handle;
    const handle = await open(this.#options.path, 'a+', mode);
    try {
      const { size } = await handle.stat();
      this.#size = size;
      // A process that ended in the middle of a line must not spoil the next one
      if (size > 0 && !(await endsLine(handle, size))) {
        await handle.appendFile('\n');
        this.#size += 1;
      }
    } catch (error) {
      await handle.close();
      throw error;
    }
    this.#handle = handle;
    return handle;
  }

  async #rotate(): Promise<void> {
    const { path, maxFiles } = this.#options;
    await this.close();
    await rm(`${path}.${maxFiles - 1}`, { force: true });
    for (let number = maxFiles - 2; number >= 1; number--) {
      await renameIfThere(`${path}.${number}`, `${path}.${number + 1}`);
    }
    await renameIfThere(path, `${path}.1`);
  }
}

async function endsLine(handle: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === 0x0a;
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== 'ENOENT') throw error;
  }
}
