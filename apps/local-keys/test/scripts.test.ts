import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { privateKeyFile, publicKeyFile, readOrigin, readPem } from '../src/files.js';

let folder: string;
const before = process.cwd();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-keys-'));
  process.chdir(folder);
  vi.resetModules();
});
afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  process.chdir(before);
  await rm(folder, { recursive: true });
});

test('[contract article 2] the script makes mcp_public_key.pem, and a private key that only its owner may read', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('../src/scripts/make-keys.js');
  expect(await readPem(publicKeyFile)).toMatch(/^-----BEGIN PUBLIC KEY-----/);
  expect((await stat(privateKeyFile)).mode & 0o077).toBe(0);
});

test('[contract article 2] the script does not write over a pair that is in use', async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await import('../src/scripts/make-keys.js');
  const pair = await readFile(privateKeyFile, 'utf8');
  vi.resetModules();
  await import('../src/scripts/make-keys.js');
  expect(complaint).toHaveBeenCalledWith(expect.stringContaining('is there already'));
  expect(await readFile(privateKeyFile, 'utf8')).toBe(pair);
});

test('[contract article 1] the script mints a token of this origin for its endpoint, which names its key', async () => {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('../src/scripts/make-keys.js');
  await import('../src/scripts/mint-token.js');
  const token = String(printed.mock.lastCall?.[0]);
  const { origin } = readOrigin({});
  expect(decodeJwt(token)).toMatchObject({
    iss: origin,
    aud: `${origin}/mcp`,
    scope: expect.any(String) as string,
  });
  expect(decodeProtectedHeader(token)).toMatchObject({
    typ: 'at+jwt',
    alg: 'RS256',
    kid: expect.any(String) as string,
  });
});

test('a missing key is said in one sentence', async () => {
  await expect(readPem(publicKeyFile)).rejects.toThrow('npm run keys');
});
