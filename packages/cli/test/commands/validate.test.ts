import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/report.js';
import { runCli, searchSecretsAfterAll } from '../support/run-cli.js';
import { serve } from '../support/serve.js';

searchSecretsAfterAll();

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcp-auth-cli-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function validate(document: unknown, ...flags: readonly string[]) {
  const args = ['validate', '-', '--json', ...flags];
  const { stdout, exitCode, stderr } = await runCli(args, { stdin: JSON.stringify(document) });
  const report = stdout === '' ? undefined : (JSON.parse(stdout) as Report);
  return {
    exitCode,
    stderr,
    report,
    failed: report?.findings.filter(({ outcome }) => outcome === 'failed') ?? [],
  };
}

const server = {
  issuer: 'https://as.example.com',
  authorization_endpoint: 'https://as.example.com/authorize',
  token_endpoint: 'https://as.example.com/token',
  response_types_supported: ['code'],
};

describe('a document', () => {
  test.each([
    ['of an authorization server', server, 'oauth'],
    [
      'of an OpenID provider',
      {
        ...server,
        jwks_uri: 'https://as.example.com/jwks',
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      },
      'openid',
    ],
    ['of a resource', { resource: 'https://api.example.com/mcp' }, 'resource'],
  ])('%s is known by its members', async (_what, document, kind) => {
    const { exitCode, report, failed } = await validate(document);
    expect(failed).toEqual([]);
    expect(exitCode).toBe(0);
    expect(report?.details).toEqual({ kind });
  });

  test.each([
    ['a wrong type', { ...server, response_types_supported: ['code', 7] }, 'response_types_supported[1]'],
    ['a member missing', { ...server, issuer: undefined }, 'issuer'],
    ['an address that is none', { ...server, token_endpoint: '/token' }, 'token_endpoint'],
    [
      'an address without TLS',
      { ...server, token_endpoint: 'http://as.example.com/token' },
      'token_endpoint',
    ],
    ['a resource that is none', { resource: 'mcp' }, 'resource'],
  ])('with %s has its path and its fix told', async (_what, document, path) => {
    const { exitCode, failed } = await validate(document);
    expect(exitCode).toBe(1);
    expect(failed.map(({ message }) => message?.split(':')[0])).toContain(path);
    for (const { fix, clause } of failed)
      expect([fix, clause].every((text) => text !== undefined && text !== '')).toBe(true);
  });

  test('about another issuer than expected fails', async () => {
    expect((await validate(server, '--expected', 'https://as.example.com')).exitCode).toBe(0);
    expect(
      (await validate(server, '--expected', 'https://as.example.com/')).failed.map(({ id }) => id),
    ).toEqual(['oauth/identifier-mismatch']);
  });

  test('of no known kind needs the flag', async () => {
    expect(await validate({ name: 'x' })).toMatchObject({ exitCode: 3 });
    expect(await validate({ name: 'x' }, '--kind', 'resource')).toMatchObject({ exitCode: 1 });
    expect(await validate({ name: 'x' }, '--kind', 'resources')).toMatchObject({ exitCode: 2 });
  });
});

describe('where it comes from', () => {
  test('a file by path or file: URL, an address, or the standard input', async () => {
    const path = join(folder, 'as.json');
    await writeFile(path, JSON.stringify(server));
    const origin = await serve((_, response) => response.end(JSON.stringify(server)));
    for (const target of ['as.json', path, pathToFileURL(path).href, `${origin}/as.json`])
      expect((await runCli(['validate', target], { cwd: folder })).exitCode).toBe(0);
  });

  test('an address that redirects is not followed', async () => {
    const origin = await serve((_, response) =>
      response.writeHead(301, { location: 'https://elsewhere.example/x' }).end(),
    );
    const { exitCode, stderr } = await runCli(['validate', `${origin}/x`]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('leads to https://elsewhere.example/x');
  });
});
