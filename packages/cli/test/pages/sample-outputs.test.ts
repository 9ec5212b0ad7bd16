import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestIssuer } from '@mcp-auth/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rememberSecret, runCli, searchSecretsAfterAll } from '../support/run-cli.js';
import { blockOf } from '../support/sample-block.js';

searchSecretsAfterAll();

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcp-auth-cli-'));
  const server = {
    issuer: 'https://auth.example.com',
    authorization_endpoint: 'https://auth.example.com/authorize',
    token_endpoint: 'https://auth.example.com/token',
    jwks_uri: 'https://auth.example.com/jwks',
    registration_endpoint: 'https://auth.example.com/register',
    response_types_supported: ['code'],
    token_endpoint_auth_methods_supported: ['none'],
    authorization_response_iss_parameter_supported: true,
  };
  await writeFile(join(folder, 'auth.json'), JSON.stringify(server));
  await writeFile(join(folder, 'metadata.json'), JSON.stringify({ ...server, token_endpoint: '/token' }));
});

afterAll(() => rm(folder, { recursive: true }));

const samples: Readonly<Record<string, { args: readonly string[]; token?: boolean }>> = {
  explain: {
    args: [
      'explain',
      '-',
      '--resource',
      'https://api.example.com/mcp',
      '--issuer',
      'https://auth.example.com',
    ],
    token: true,
  },
  check: { args: ['check', 'auth.json', '--resource', 'https://api.example.com/mcp'] },
  validate: { args: ['validate', 'metadata.json'] },
};

test.each(Object.keys(samples))('the page shows what %s prints', async (name) => {
  const now = new Date('2026-07-28T12:00:00Z');
  const seconds = now.getTime() / 1000;
  const issuer = createTestIssuer({ audience: 'https://api.example.com/other' });
  const claims = { iss: 'https://auth.example.com', iat: seconds - 60, exp: seconds + 240, jti: 'token-1' };
  const token = rememberSecret(
    await issuer.mintToken({ claims, scopes: ['notes:read'], header: { kid: 'key-1' } }),
  );
  const sample = samples[name];
  const { stdout } = await runCli(sample?.args ?? [], {
    cwd: folder,
    now,
    columns: 100,
    ...(sample?.token === true && { stdin: token }),
  });
  expect(await blockOf(name, stdout)).toBe(stdout);
});
