import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDevIssuer, type DevIssuer } from '../../src/index.js';
import { readSecretsOf } from '../../src/storage/folder.js';
import { logIn, registered, requestTokens } from '../support/client.js';

const resource = 'http://localhost:3000/mcp';
let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'dev-issuer-'));
  folder = join(parent, '.mcp-auth-dev');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(parent, { recursive: true, force: true });
});

/** Runs an issuer, at the port of the one before where one is given. */
async function run<T>(
  act: (issuer: DevIssuer) => Promise<T> | T,
  { port = 0, fresh = false }: { readonly port?: number; readonly fresh?: boolean } = {},
): Promise<T> {
  const issuer = await startDevIssuer({ port, folder, fresh });
  // A connection to the one before has ended with it
  await fetch(`${issuer.issuer}/jwks`).catch(() => undefined);
  try {
    return await act(issuer);
  } finally {
    await issuer.close();
  }
}

const mode = (path: string): number => statSync(path).mode & 0o777;
const readKeys = async ({ issuer }: DevIssuer): Promise<string> => (await fetch(`${issuer}/jwks`)).text();

describe('the folder for keys and tokens', () => {
  it('is for its owner alone, and git does not see it', async () => {
    await run(async ({ issuer }) => logIn(issuer, await registered(issuer), { resource, scope: 'a' }));
    expect(mode(folder)).toBe(0o700);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
    const names = readdirSync(folder);
    expect(names).toHaveLength(3);
    for (const name of names) expect(mode(join(folder, name))).toBe(0o600);
  });

  it('is closed to others where it was open to them', async () => {
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    await run(() => undefined);
    expect(mode(folder)).toBe(0o700);
  });

  it('is refused where somebody else owns it, who could have put keys there', async () => {
    mkdirSync(folder);
    vi.spyOn(process, 'getuid').mockReturnValue(statSync(folder).uid + 1);
    const refused = startDevIssuer({ port: 0, folder }).catch((error: unknown) => error);
    expect(await refused).toMatchObject({
      code: 'folder_unusable',
      message: `${folder} belongs to another user of this machine.`,
    });
  });

  it('is refused where a link is in its place, or in that of the keys', async () => {
    const elsewhere = join(parent, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, folder);
    await expect(startDevIssuer({ port: 0, folder })).rejects.toMatchObject({ code: 'folder_unusable' });
    expect(readdirSync(elsewhere)).toEqual([]);
    rmSync(folder);
    mkdirSync(folder);
    symlinkSync(join(elsewhere, 'keys'), join(folder, 'keys.json'));
    await expect(startDevIssuer({ port: 0, folder })).rejects.toMatchObject({ code: 'folder_unusable' });
    expect(existsSync(join(elsewhere, 'keys'))).toBe(false);
  });

  it('replaces a link in the place of what it writes, and leaves alone what that leads to', async () => {
    const victim = join(parent, 'victim');
    writeFileSync(victim, 'precious');
    mkdirSync(folder);
    for (const name of ['.gitignore', `keys.json.${process.pid}`]) symlinkSync(victim, join(folder, name));
    await run(() => undefined);
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('is refused where its keys were open to others, as those are that came with a clone', async () => {
    await run(() => undefined);
    chmodSync(join(folder, 'keys.json'), 0o644);
    await expect(startDevIssuer({ port: 0, folder })).rejects.toThrow(
      'keys.json was open to others, so it is not what the issuer wrote: start with --fresh',
    );
    expect(() => readSecretsOf(folder)).toThrow('was open to others');
    await run(() => undefined, { fresh: true });
  });

  it.each(['', '{}', '[]', '{"signingKey":{"kty":"EC"}}'])(
    'is refused where the keys are %j',
    async (text) => {
      mkdirSync(folder);
      writeFileSync(join(folder, 'keys.json'), text, { mode: 0o600 });
      await expect(startDevIssuer({ port: 0, folder })).rejects.toThrow('start with --fresh');
      // The port is free again
      await run(() => undefined, { fresh: true });
    },
  );
});

describe('between runs', () => {
  it('the keys are kept', async () => {
    expect(await run(readKeys)).toBe(await run(readKeys));
  });

  it('a client stays logged in', async () => {
    const before = await run(async ({ issuer }) => {
      const client = await registered(issuer);
      const tokens = await logIn(issuer, client, { resource, scope: 'notes' });
      return { port: Number(new URL(issuer).port), client, tokens };
    });
    const refresh = ({ issuer }: DevIssuer): Promise<Response> =>
      requestTokens(issuer, {
        grant_type: 'refresh_token',
        client_id: before.client.client_id,
        refresh_token: before.tokens.refresh_token,
      });
    expect((await run(refresh, { port: before.port })).status).toBe(200);
    expect((await run(refresh, { port: before.port, fresh: true })).status).toBe(401);
  });

  it('all is forgotten where that is asked for', async () => {
    const before = await run(readKeys);
    expect(await run(readKeys, { fresh: true })).not.toBe(before);
  });

  it('nothing is kept without a folder', async () => {
    const issuer = await startDevIssuer({ port: 0 });
    await issuer.close();
    expect(readdirSync(parent)).toEqual([]);
  });
});

it('keys are read for a token of the command only where the issuer has run', async () => {
  expect(() => readSecretsOf(folder)).toThrow('start the issuer first');
  await run(() => undefined);
  expect(readSecretsOf(folder).signingKey.d).toBeTruthy();
});
