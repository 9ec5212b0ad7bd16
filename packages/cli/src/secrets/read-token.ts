import { UsageError } from '../errors.js';
import { readTextFile } from '../shared/read-document.js';
import type { Io } from '../io.js';

/** Longer than any header of a server lets through. */
const maxTokenBytes = 256 * 1024;

/** Where a token may come from. At most one of them is given. */
export interface TokenSources {
  /** `-` for the standard input, or the token itself, which warns. */
  readonly token?: string | undefined;
  readonly tokenFile?: string | undefined;
  /** What names that file; default: `--token-file`. */
  readonly flag?: string;
  /** The environment variable; default: `MCP_AUTH_TOKEN`. */
  readonly variable?: string;
}

/** A token, and what to warn its user of. */
export interface GivenToken {
  readonly token: string;
  readonly warning?: string;
}

/**
 * The token from the standard input, a file, an argument or the environment, in this order; `undefined` where there is none.
 *
 * @throws {@link UsageError} when two sources are named or what came is not a token
 */
export async function readToken(sources: TokenSources, io: Io): Promise<GivenToken | undefined> {
  const { token, tokenFile, flag = '--token-file', variable = 'MCP_AUTH_TOKEN' } = sources;
  if (token !== undefined && tokenFile !== undefined)
    throw new UsageError('Give the token once: as an argument, - for the standard input, or --token-file.');
  if (token === '-') return { token: clean(await readStdin(io), 'the standard input') };
  if (tokenFile !== undefined) return { token: clean(await readSecretFile(flag, tokenFile, io), 'the file') };
  if (token !== undefined)
    return {
      token: clean(token, 'the argument'),
      warning: `A token in an argument can be read by others: in the list of processes and in the history of the shell. Use - and the standard input, --token-file or ${variable}.`,
    };
  const fromEnv = io.env[variable];
  return fromEnv === undefined || fromEnv === ''
    ? undefined
    : { token: clean(fromEnv, `the environment variable ${variable}`) };
}

/**
 * What is in the file of a flag. The file is not named where it cannot be read: people give the secret itself instead.
 *
 * @throws {@link CannotError} where it cannot be read
 */
export function readSecretFile(flag: string, file: string, { cwd }: Pick<Io, 'cwd'>): Promise<string> {
  return readTextFile(file, cwd, `The file of ${flag}`);
}

/** The whole standard input as text. */
export async function readStdin(io: Io, maxBytes = maxTokenBytes): Promise<string> {
  if (io.stdin.isTTY === true)
    throw new UsageError('- reads the standard input, and this one is a terminal: pipe something into it.');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of io.stdin) {
    const bytes = Buffer.from(chunk);
    size += bytes.byteLength;
    if (size > maxBytes) throw new UsageError(`The standard input is longer than ${maxBytes} bytes.`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What people paste: with line breaks at its end, in quotes, or with the scheme in front. */
function clean(text: string, source: string): string {
  const token = text
    .replace(/^\uFEFF/, '')
    .trim()
    .replace(/^(?:authorization:\s*)?(?:bearer|dpop)\s+/i, '')
    .replace(/^(["'])(.*)\1$/s, '$2');
  if (token === '') throw new UsageError(`There is no token in ${source}.`);
  if (token.length > maxTokenBytes) throw new UsageError(`What is in ${source} is too long for a token.`);
  return token;
}
