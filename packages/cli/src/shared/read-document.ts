import { readFile, stat } from 'node:fs/promises';
import { CannotError } from '../errors.js';
import { escapeText } from '../terminal/escape.js';
import { resolveFile } from './files.js';

/** No document of OAuth or of a configuration is longer. */
const maxBytes = 1024 * 1024;

/**
 * The JSON in a file.
 *
 * @throws {@link CannotError} where there is none
 */
export async function readJsonFile(argument: string, cwd: string): Promise<unknown> {
  return parseJson(await readTextFile(argument, cwd), argument);
}

/** @throws {@link CannotError} with the place where JSON ends to be JSON */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const begin = text.trimStart().startsWith('<') ? ' It looks like HTML.' : '';
    // What Node says quotes the text
    const place = /at position \d+(?: \(line \d+ column \d+\))?/.exec((error as Error).message)?.[0];
    throw new CannotError(
      `${escapeText(source, 300)} is not JSON${place === undefined ? '' : ` (${place})`}.${begin}`,
    );
  }
}

/**
 * @param shown - instead of the argument, where somebody may have given a secret for the name of the file with it
 * @throws {@link CannotError} where the file cannot be read, or is too long
 */
export async function readTextFile(argument: string, cwd: string, shown = argument): Promise<string> {
  const path = resolveFile(argument, cwd);
  try {
    const { size } = await stat(path);
    if (size > maxBytes) throw new CannotError(`${shown} is longer than ${maxBytes} bytes.`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof CannotError) throw error;
    throw new CannotError(`${shown} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
}
