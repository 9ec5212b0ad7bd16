import { readFile, writeFile } from 'node:fs/promises';
import { StartupError } from '@mcp-auth/app-sample-kit';
import type { PemKeyPair } from './key-pair.js';

/** Where the keys are, in the folder the programs are started in. */
export const publicKeyFile = 'mcp_public_key.pem';
export const privateKeyFile = 'mcp_private_key.pem';

/** @throws {StartupError} when there is no such file */
export async function readPem(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new StartupError(`${file} cannot be read: make a key pair with "npm run keys".`);
  });
}

/** Writes a pair that is not there yet; the private key is for its owner only. */
export async function writeKeyPair({ publicKey, privateKey }: PemKeyPair): Promise<void> {
  await writeFile(privateKeyFile, privateKey, { mode: 0o600, flag: 'wx' });
  await writeFile(publicKeyFile, publicKey, { flag: 'w' });
}

/** The server's origin, from the port it is told to listen on. */
export function readOrigin(env: Readonly<Record<string, string | undefined>>): {
  readonly origin: string;
  readonly port: number;
} {
  const port = Number(env.PORT ?? '9000');
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StartupError('PORT is not a port number: it must be a number such as 9000.');
  }
  return { origin: `http://localhost:${port}`, port };
}

/** Runs a program; a reason not to is said in one sentence. */
export async function runProgram(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
