import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestIssuer, type BrokenTokenName } from '@mcp-auth/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { propertyRuns, propertyTest } from '../../../core/test/support/property.js';
import { createBench, issuer, listFlaws, type Bench, type Flaw } from '../support/broken-tokens.js';
import { rememberSecret, runCli, searchSecretsAfterAll } from '../support/run-cli.js';

searchSecretsAfterAll();

let folder: string;
let bench: Bench;
let flaws: ReturnType<typeof listFlaws>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcp-auth-cli-'));
  bench = await createBench();
  flaws = listFlaws(bench.now.getTime() / 1000);
  await writeFile(join(folder, 'config.json'), JSON.stringify(bench.config));
});

afterAll(() => rm(folder, { recursive: true }));

async function explain(token: string, ...more: readonly string[]) {
  const args = ['explain', '-', '--config', 'config.json', ...more];
  return runCli(args, { stdin: token, cwd: folder, now: bench.now });
}

async function codeOf(token: string): Promise<string> {
  const { stdout, exitCode } = await explain(token, '--json');
  const { details } = JSON.parse(stdout) as { details: { verdict: string; code?: string } };
  expect(exitCode).toBe(details.code === undefined ? 0 : 1);
  return details.code ?? details.verdict;
}

describe('a broken token has its cause named', () => {
  test.each(listFlaws(0).map(([name], index) => [name, index] as const))('%s', async (_name, index) => {
    const [, code, flaw] = flaws[index] ?? [];
    if (code === undefined || flaw === undefined) throw new Error('no such flaw');
    const token = await bench.mint([flaw]);
    const { stdout, exitCode } = await explain(token);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(new RegExp(`^refused by the check [a-z-]+: ${code}\n`));
    expect(stdout).toContain(`errors.md#${code}`);
    expect(await bench.ask(token)).toBe(code);
  });

  const codes: Readonly<Record<BrokenTokenName, string>> = {
    expired: 'token_expired',
    notYetValid: 'token_not_yet_valid',
    issuedInFuture: 'issued_in_future',
    noExpiry: 'missing_claim',
    expiryInMilliseconds: 'invalid_claim',
    wrongAudience: 'wrong_audience',
    noAudience: 'missing_audience',
    wrongIssuer: 'untrusted_issuer',
    noIssuer: 'missing_issuer',
    strangersKey: 'invalid_signature',
    keyInHeader: 'invalid_signature',
    // RFC 7515 §3.1: with an empty signature it is no JWS that anybody signed
    algNone: 'malformed_token',
    hmacWithPublicKey: 'unsupported_algorithm',
    altered: 'invalid_signature',
    noSignature: 'malformed_token',
    idToken: 'not_an_access_token',
    logoutToken: 'not_an_access_token',
    refreshToken: 'not_an_access_token',
    otherType: 'unsupported_type',
    crit: 'critical_header',
    boundToAnotherKey: 'sender_constrained',
  };

  test.each(Object.entries(codes))('%s, as users of the testing package make it: %s', async (name, code) => {
    const testIssuer = createTestIssuer({ audience: 'https://api.example.com/mcp' });
    const get = async (url: string) => (await testIssuer.fetch(url, {} as never)).text();
    const metadata = await get(`${testIssuer.issuer}/.well-known/oauth-authorization-server`);
    const { jwks_uri: jwksUri } = JSON.parse(metadata) as { jwks_uri: string };
    await writeFile(join(folder, 'keys.json'), await get(jwksUri));
    const token = await testIssuer.mintBrokenToken(name as BrokenTokenName);
    const flags = ['--resource', 'https://api.example.com/mcp', '--issuer', testIssuer.issuer];
    const args = ['explain', '-', ...flags, '--keys', 'keys.json'];
    const { stdout, exitCode } = await runCli(args, { stdin: token, cwd: folder });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(new RegExp(`^refused by the check [a-z-]+: ${code}\n`));
    expect(stdout).toContain('fix');
  });

  test('a good one is accepted', async () => {
    const { stdout, exitCode } = await explain(await bench.mint([]));
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^accepted\n/);
    expect(stdout).toContain('Read on this machine only');
  });

  test('whatever is wrong with it, and how much: the answer is that of the gate', propertyTest, async () => {
    const known = fc.shuffledSubarray(
      flaws.map(([, , flaw]) => flaw),
      { maxLength: 3 },
    );
    const value = fc.jsonValue({ maxDepth: 2 });
    const odd = fc
      .dictionary(
        fc.constantFrom('iss', 'aud', 'exp', 'nbf', 'iat', 'sub', 'scope', 'client_id', 'cnf', 'typ', 'jti'),
        value,
        {
          maxKeys: 2,
        },
      )
      .map((claims): Flaw => ({ claims }));
    const header = fc
      .dictionary(fc.constantFrom('typ', 'kid', 'crit', 'alg', 'jwk', 'x5c'), value, { maxKeys: 1 })
      .map((members): Flaw => ({ header: members }));
    await fc.assert(
      fc.asyncProperty(known, odd, header, fc.boolean(), async (chosen, claims, members, isOdd) => {
        const token = await bench.mint(isOdd ? [claims, members] : chosen);
        // No token at all is wrong usage, before any check
        fc.pre(token.trim() !== '');
        expect(await codeOf(token)).toBe(await bench.ask(token.trim()));
      }),
      { numRuns: Math.min(propertyRuns > 500 ? 10_000 : 200, propertyRuns) },
    );
  });
});

const encode = (text: string) => Buffer.from(text).toString('base64url');

describe('a text that is no JWT', () => {
  test.each([
    ['is opaque', (token: string) => token.replaceAll('.', ''), 'opaque'],
    ['has parts missing', (token: string) => token.slice(0, token.lastIndexOf('.')), 'has 2 parts'],
    ['is not signed', (token: string) => token.slice(0, token.lastIndexOf('.') + 1), 'signature is missing'],
    [
      'says so itself',
      (token: string) => `${encode('{"alg":"none"}')}.${token.split('.')[1]}.`,
      'alg is none',
    ],
    ['has no claims', (token: string) => token.replace(/\..*\./, '..'), 'second part is empty'],
    ['is plain Base64', (token: string) => `${token}==`, 'plain Base64'],
    ['was changed', (token: string) => `${token.slice(0, -9)}~${token.slice(-8)}`, 'not base64url'],
    ['was cut', (token: string) => token.slice(0, -1), 'characters are missing'],
    [
      'has no header',
      (token: string) => `AAAA.${token.split('.').slice(1).join('.')}`,
      'header is not a JSON object',
    ],
    ['signs a list', (token: string) => token.replace(/\..*\./, `.${encode('[1]')}.`), 'not a JSON object'],
  ])('%s', async (_what, spoil, words) => {
    const { stdout, exitCode } = await explain(spoil(await bench.mint([])));
    expect(exitCode).toBe(1);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain(words);
  });
});

describe('without a configuration', () => {
  test('the token is read by itself, and what is compared with nothing is not called good', async () => {
    const token = await bench.mint([]);
    const { stdout, exitCode } = await runCli(['explain', '-'], {
      stdin: `Authorization: Bearer ${token}\n`,
      now: bench.now,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^undecided/);
    expect(stdout).toContain('--resource was not given');
    expect(stdout).toContain('--keys jwks.json');
  });

  test('the resource and the issuer can be named on the command line', async () => {
    const token = await bench.mint([]);
    const flags = [
      '--resource',
      'https://api.example.com/other',
      '--issuer',
      issuer,
      '--now',
      bench.now.toISOString(),
    ];
    const { stdout, exitCode } = await runCli(['explain', '-', ...flags], { stdin: token });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('refused by the check audience: wrong_audience');
    expect(stdout).toContain('https://api.example.com/other');
  });

  test('nothing of a token can reach the terminal as a command', async () => {
    const token = await bench.mint([
      { claims: { name: '\u001b]0;owned\u0007\u202etxt', aud: '\u001b[31m' } },
    ]);
    const { stdout } = await runCli(['explain', '-', '--resource', 'https://api.example.com/mcp'], {
      stdin: token,
    });
    // eslint-disable-next-line no-control-regex -- it is what is looked for
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

describe('where a token comes from', () => {
  test('an argument warns, a file and the environment do not', async () => {
    const token = rememberSecret(await bench.mint([]));
    await writeFile(join(folder, 'token.txt'), `${token}\n`);
    const byArgument = await runCli(['explain', token], { now: bench.now });
    expect(byArgument.stderr).toContain('warning');
    const byFile = await runCli(['explain', '--token-file', 'token.txt'], { cwd: folder, now: bench.now });
    const byEnv = await runCli(['explain'], { env: { MCP_AUTH_TOKEN: token }, now: bench.now });
    expect([byFile.stderr, byEnv.stderr]).toEqual(['', '']);
    expect(byFile.stdout).toBe(byArgument.stdout);
    expect(byEnv.stdout).toBe(byArgument.stdout);
  });

  test.each([
    ['no token', ['explain']],
    ['an empty input', ['explain', '-']],
    ['two tokens', ['explain', 'a', '--token-file', 'b']],
    ['a flag that does not exist', ['explain', '-', '--isuer', 'https://as.example.com']],
    ['a command that does not exist', ['explan', '-']],
    ['a time that is none', ['explain', 'abcdef', '--now', 'soon']],
    [
      'flags next to a configuration',
      ['explain', 'abcdef', '--config', 'config.json', '--issuer', 'https://a.example'],
    ],
    ['a resource that is none', ['explain', 'abcdef', '--resource', 'mcp']],
  ])('%s is wrong usage', async (_what, args) => {
    const { exitCode, stdout, stderr } = await runCli(args, { stdin: '', cwd: folder });
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
  });

  test('the nearest name is told', async () => {
    expect((await runCli(['explan', '-'])).stderr).toContain('Did you mean explain?');
    expect((await runCli(['explain', '-', '--isuer', 'x'])).stderr).toContain('Did you mean --issuer?');
  });

  test('a file that is not there could not be carried out', async () => {
    const { exitCode, stderr } = await runCli(['explain', '--token-file', 'nothing.txt'], { cwd: folder });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('The file of --token-file cannot be read (ENOENT)');
  });
});
