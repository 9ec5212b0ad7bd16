import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DevIssuerError } from '../errors.js';
import { createSecrets, isRecord, readSecrets, type Secrets } from './secrets.js';
import { createStore, type Store, type StoredEntry } from './store.js';

/** What is kept between runs, or for one run only. */
export interface Storage {
  readonly secrets: Secrets;
  readonly store: Store;
  /** Writes what has not been written yet. */
  flush(): void;
}

const secretsFile = 'keys.json';
const writeDelayMs = 200;

/** Keeps everything in memory. */
export function createMemoryStorage(): Storage {
  return { secrets: createSecrets(), store: createStore([], () => undefined), flush: () => undefined };
}

interface FolderOptions {
  readonly folder: string;
  /** Tokens of another issuer mean nothing here, and the port is what tells two apart. */
  readonly port: number;
  readonly fresh: boolean;
}

/**
 * Opens the folder for keys, clients and tokens, and makes it where it is not there: for its owner alone, and ignored by git.
 *
 * @throws {DevIssuerError} `folder_unusable`
 */
export function openFolder({ folder: given, port, fresh }: FolderOptions): Storage {
  const folder = resolve(given);
  const tokensFile = `tokens-${port}.json`;
  try {
    prepare(folder);
    if (fresh) for (const name of [secretsFile, tokensFile]) rmSync(join(folder, name), { force: true });
    const secrets = readOrCreateSecrets(folder);
    let timer: NodeJS.Timeout | undefined;
    const flush = (): void => {
      clearTimeout(timer);
      if (timer !== undefined) write(folder, tokensFile, JSON.stringify(store.list()));
      timer = undefined;
    };
    const store = createStore(readTokens(folder, tokensFile), () => {
      timer ??= setTimeout(flush, writeDelayMs).unref();
    });
    return { secrets, store, flush };
  } catch (error) {
    if (error instanceof DevIssuerError) throw error;
    throw unusable(folder, `cannot be used (${(error as Error).message})`);
  }
}

/**
 * The secrets of an issuer that has run.
 *
 * @throws {DevIssuerError} `folder_unusable`
 */
export function readSecretsOf(given: string): Secrets {
  const folder = resolve(given);
  try {
    checkOwner(folder, lstatSync(folder), 'isDirectory');
    const secrets = readSecrets(read(folder, secretsFile));
    if (secrets !== undefined) return secrets;
  } catch (error) {
    if (error instanceof DevIssuerError) throw error;
  }
  throw unusable(folder, 'has no keys: start the issuer first, in the same folder');
}

function prepare(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  checkOwner(folder, lstatSync(folder), 'isDirectory');
  // It may be from before, or the mask of the process may have let more through
  chmodSync(folder, 0o700);
  // A link in its place would be followed
  write(folder, '.gitignore', '*\n');
}

/** Whoever else owns it could have put keys there. A link could lead to anywhere. */
function checkOwner(path: string, found: Stats, kind: 'isDirectory' | 'isFile'): void {
  if (!found[kind]()) throw unusable(path, kind === 'isFile' ? 'is not a file' : 'is not a folder');
  const user = process.getuid?.();
  if (user !== undefined && found.uid !== user)
    throw unusable(path, 'belongs to another user of this machine');
}

/** What came with a clone or an archive is open to others, and whoever made it knows the keys. The issuer writes it for its owner alone. */
function checkPlanted(path: string, found: Stats): void {
  // Some file systems keep no modes: the folder would be closed otherwise
  if (isClosed(lstatSync(dirname(path))) && !isClosed(found))
    throw unusable(path, 'was open to others, so it is not what the issuer wrote: start with --fresh');
}

function isClosed({ mode }: Stats): boolean {
  return (mode & 0o077) === 0;
}

function readOrCreateSecrets(folder: string): Secrets {
  const found = read(folder, secretsFile);
  if (found === undefined) {
    const secrets = createSecrets();
    write(folder, secretsFile, JSON.stringify(secrets));
    return secrets;
  }
  const secrets = readSecrets(found);
  if (secrets === undefined) throw broken(folder, secretsFile);
  return secrets;
}

function readTokens(folder: string, name: string): readonly StoredEntry[] {
  const found = read(folder, name) ?? [];
  if (!Array.isArray(found) || !found.every(isEntry)) throw broken(folder, name);
  return found;
}

function isEntry(value: unknown): value is StoredEntry {
  if (!isRecord(value)) return false;
  const { model, id, payload, expiresAt } = value;
  const isTimed = expiresAt === undefined || typeof expiresAt === 'number';
  return typeof model === 'string' && typeof id === 'string' && isRecord(payload) && isTimed;
}

/** Nothing where there is no such file. */
function read(folder: string, name: string): unknown {
  const path = join(folder, name);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  checkOwner(path, found, 'isFile');
  checkPlanted(path, found);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw broken(folder, name);
    throw error;
  }
}

/** A reader finds the old file or the new one, and never half of it. What was there is replaced, and a link not followed. */
function write(folder: string, name: string, text: string): void {
  const draft = join(folder, `${name}.${process.pid}`);
  rmSync(draft, { force: true });
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
  renameSync(draft, join(folder, name));
}

function broken(folder: string, name: string): DevIssuerError {
  return unusable(join(folder, name), 'is not what the issuer wrote: start with --fresh to make it anew');
}

function unusable(path: string, what: string): DevIssuerError {
  return new DevIssuerError('folder_unusable', `${path} ${what}.`);
}
