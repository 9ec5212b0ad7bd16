import { spawn } from 'node:child_process';
import { isUsable } from '../words/addresses.js';

/** A program and what it is given: the address is one argument, and no shell reads it. */
export interface BrowserCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * The program that opens an address in the browser of the user.
 *
 * Checks: https, or http on loopback, and no user name; that the address is written as it was parsed, so that it has no spaces,
 * quotation marks or control characters and begins with its scheme.
 * Does not check: who is at that address.
 *
 * @throws {TypeError} for any other address
 */
export function browserCommand(
  url: URL,
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): BrowserCommand {
  if (!isUsable(url)) {
    throw new TypeError('Only https addresses, and http on this machine, are opened in a browser.');
  }
  const { href } = url;
  switch (platform) {
    case 'win32': {
      // Not through cmd: its `start` reads & and % of an address
      const root = env['SystemRoot'] ?? 'C:\\Windows';
      return { file: `${root}\\System32\\rundll32.exe`, args: ['url.dll,FileProtocolHandler', href] };
    }
    case 'darwin':
      return { file: '/usr/bin/open', args: [href] };
    default:
      return { file: 'xdg-open', args: [href] };
  }
}

/**
 * Opens an address in the browser of the user. Whether a page came up cannot be known.
 *
 * @throws {TypeError} for an address that is not opened
 * @throws {Error} when the program does not start
 */
export async function openBrowser(url: URL): Promise<void> {
  const { file, args } = browserCommand(url, process.platform, process.env);
  await new Promise<void>((resolve, reject) => {
    const child = spawn(file, args, { shell: false, detached: true, stdio: 'ignore', windowsHide: true });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}
