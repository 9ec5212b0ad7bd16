import { posix, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `C:\x.json` and `C:/x.json` parse as URLs of the scheme `c:`: one letter is a drive. */
const drive = /^[a-z]:/i;

/** The argument as an http or https URL, or `undefined` where it names a file. */
export function readHttpUrl(argument: string): URL | undefined {
  if (drive.test(argument) || !/^https?:/i.test(argument)) return undefined;
  return URL.canParse(argument) ? new URL(argument) : undefined;
}

/** The path that an argument names: absolute or relative to the folder, with a drive letter, or as a `file:` URL. */
export function resolveFile(
  argument: string,
  cwd: string,
  platform: NodeJS.Platform = process.platform,
): string {
  const windows = platform === 'win32';
  if (/^file:/i.test(argument)) return fileURLToPath(argument, { windows });
  const path = windows ? win32 : posix;
  return path.isAbsolute(argument) ? argument : path.resolve(cwd, argument);
}
