import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type RunningServer } from '@mcp-auth/app-broken-servers';
import { startAuditIssuer, type AuditIssuer } from '@mcp-auth/conformance/black-box';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { escapeHtml } from '../../src/audit/html.js';
import { rememberPrinted, rememberSecret, runCli, searchSecretsAfterAll } from '../support/run-cli.js';

let issuer: AuditIssuer;
let sound: RunningServer;
let open: RunningServer;
let folder: string;

beforeAll(async () => {
  issuer = await startAuditIssuer();
  const trusted = { issuer: issuer.issuer, client: issuer.introspectionClient };
  sound = await startServer(trusted);
  open = await startServer(trusted, { protects: () => false });
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
});

afterAll(async () => {
  await Promise.all([sound.close(), open.close(), issuer.close()]);
});

searchSecretsAfterAll();

describe('what is no audit', () => {
  test.each([
    ['no URL', ['audit'], 'Name the MCP endpoint'],
    ['a file', ['audit', './mcp'], 'Name the MCP endpoint'],
    [
      'a password in the URL',
      ['audit', 'https://user:pass@mcp.example.com/mcp'],
      'Leave user and password out',
    ],
    [
      'a revision that does not exist',
      ['audit', 'https://mcp.example.com/mcp', '--revision', '2024-11-05'],
      '--revision is one of',
    ],
    [
      'an exclusion without a reason',
      ['audit', 'https://mcp.example.com/mcp', '--exclude', 'metadata-cors'],
      'the reason',
    ],
    [
      'the word for another origin',
      ['audit', 'https://mcp.example.com/mcp', '--yes-this-is-mine', 'https://other.example.com'],
      'another origin',
    ],
    [
      'a test issuer for a server elsewhere',
      ['audit', 'https://mcp.example.com/mcp', '--issuer-mode'],
      'only a server on this machine',
    ],
  ])('%s is wrong usage', async (_what, args, says) => {
    const { exitCode, stderr } = await runCli(args);
    expect(stderr).toContain(says);
    expect(exitCode).toBe(2);
  });

  test('an exclusion of a case that does not exist is wrong usage', async () => {
    const { exitCode, stderr } = await runCli(['audit', sound.url, '--exclude', 'no-such-case=why']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('no-such-case')]);
  });

  test('nothing there cannot be judged', async () => {
    const gone = await startServer({ issuer: issuer.issuer, client: issuer.introspectionClient });
    await gone.close();
    const { exitCode } = await runCli(['audit', gone.url]);
    expect(exitCode).toBe(3);
  });
});

describe('what anybody can see', () => {
  test('an open door ends with 1, names the case and the clause, and what to change', async () => {
    const { exitCode, stdout } = await runCli(['audit', open.url, '--revision', '2026-07-28']);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('challenges/open-door');
    expect(stdout).toContain('grade F');
    expect(stdout).toContain('Put the check of tokens in front of the handler');
  });

  test('a sound server ends with 0, and what could not be judged is said with its reason', async () => {
    const { exitCode, stdout } = await runCli(['audit', sound.url, '--revision', '2026-07-28']);
    expect(stdout).toContain('grade A');
    expect(stdout).toContain('It takes a test issuer that the server trusts.');
    expect(exitCode).toBe(0);
  });

  test('the report as JSON says version, grades and totals', async () => {
    const { stdout } = await runCli(['audit', sound.url, '--json', '--revision', '2026-07-28']);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      command: 'audit',
      target: sound.url,
      totals: { counted: 0 },
      details: { grade: 'A', grades: { metadata: 'A', proofs: 'none' }, revisions: ['2026-07-28'] },
    });
  });
});

describe('with tokens', () => {
  test('a token of a file is presented, and nowhere in what is printed or written', async () => {
    const token = rememberSecret(
      issuer.mint({}, { audience: sound.url, scope: 'notes:use notes:read notes:write' }),
    );
    const narrow = rememberSecret(issuer.mint({}, { audience: sound.url, scope: 'notes:use' }));
    await writeFile(join(folder, 'token'), token);
    await writeFile(join(folder, 'narrow'), narrow);
    const files = [
      '--html',
      'report.html',
      '--sarif',
      'report.sarif',
      '--junit',
      'report.xml',
      '--badge',
      'badge.svg',
    ];
    const { exitCode, stderr } = await runCli(
      [
        'audit',
        sound.url,
        '--token-file',
        'token',
        '--narrow-token-file',
        'narrow',
        '--operation',
        'add-note',
        ...files,
      ],
      { cwd: folder },
    );
    expect(stderr).toContain('![MCP audit: A](badge.svg)');
    expect(exitCode).toBe(0);
    const texts = await Promise.all(
      files.filter((each) => !each.startsWith('--')).map((file) => readFile(join(folder, file), 'utf8')),
    );
    texts.forEach(rememberPrinted);
    expect(texts[0]).not.toMatch(/<script|src=|href=|@import|url\(/i);
    expect(JSON.parse(texts[1] ?? '')).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'mcp-auth audit' } } }],
    });
  });

  test('a token of the standard input or an argument is presented, and the argument warns', async () => {
    const token = rememberSecret(
      issuer.mint({}, { audience: sound.url, scope: 'notes:use notes:read notes:write' }),
    );
    const args = ['audit', sound.url, '--revision', '2026-07-28', '--json'];
    const passed = (stdout: string) => (JSON.parse(stdout) as { totals: { passed: number } }).totals.passed;
    const without = await runCli(args);
    const piped = await runCli([...args, '--token', '-'], { stdin: `Bearer ${token}\n` });
    const argument = await runCli([...args, '--token', token]);
    expect(passed(piped.stdout)).toBeGreaterThan(passed(without.stdout));
    expect(passed(argument.stdout)).toBe(passed(piped.stdout));
    expect([piped.stderr.includes('warning'), argument.stderr.includes('warning')]).toEqual([false, true]);
  });

  test('an empty file for the narrow token is wrong usage', async () => {
    await writeFile(join(folder, 'empty'), '\n');
    const { exitCode, stderr } = await runCli(['audit', sound.url, '--narrow-token-file', 'empty'], {
      cwd: folder,
    });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('There is no token in the file')]);
  });

  test('in issuer mode the two lines are said, and a server that never trusts the issuer is not judged', async () => {
    const { exitCode, stderr } = await runCli([
      'audit',
      sound.url,
      '--issuer-mode',
      '--wait',
      '0',
      '--revision',
      '2026-07-28',
    ]);
    expect(stderr).toMatch(/issuer {4}http:\/\/127\.0\.0\.1:\d+/);
    expect(stderr).toMatch(/jwks_uri {2}http:\/\/127\.0\.0\.1:\d+\/keys/);
    expect(exitCode).toBe(3);
  });
});

describe('what ends an audit', () => {
  test('a server that answers each request after a while is judged as far as there is time, and that is no success', async () => {
    const server = createServer((_request, response) => {
      setTimeout(() => response.writeHead(401, { 'www-authenticate': 'Bearer realm="slow"' }).end(), 150);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
    const { exitCode, stdout, stderr } = await runCli(['audit', url, '--max-seconds', '0.1']);
    server.closeAllConnections();
    server.close();
    expect(stdout).toContain('Not judged, out of time.');
    expect(stderr).toContain('--max-seconds gives it more');
    expect(exitCode).toBe(3);
  });

  test('a SHOULD that failed ends with 0 where only a MUST counts', async () => {
    const kept = await startServer(
      { issuer: issuer.issuer, client: issuer.introspectionClient },
      { refusalHeaders: () => [['Cache-Control', 'public, max-age=60']] },
    );
    const args = ['audit', kept.url, '--revision', '2026-07-28'];
    const codes = [
      (await runCli(args)).exitCode,
      (await runCli([...args, '--fail-on', 'should'])).exitCode,
      (await runCli([...args, '--fail-on', 'must'])).exitCode,
      (await runCli(['audit', open.url, '--revision', '2026-07-28', '--fail-on', 'must'])).exitCode,
      (await runCli([...args, '--fail-on', 'may'])).exitCode,
    ];
    await kept.close();
    expect(codes).toEqual([1, 1, 0, 1, 2]);
  });
});

describe('what a server sends', () => {
  test('is text in the page, whatever it holds', () => {
    const hostile = '<img src=x onerror=alert(1)>"\'&\u001b[31m\u202e';
    expect(escapeHtml(hostile)).toBe(
      '&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\\u{1b}[31m\\u{202e}',
    );
  });

  test('reaches neither terminal nor page as more than text', async () => {
    const hostile = await startServer(
      { issuer: issuer.issuer, client: issuer.introspectionClient },
      {
        challenges: () => ['Bearer error="<script>alert(1)</script>\u009b31m", realm=x'],
        metadata: () => ({
          resource: '<script>alert(1)</script>\u001b[2J',
          authorization_servers: ['javascript:alert(1)'],
        }),
      },
    );
    const { stdout } = await runCli(
      ['audit', hostile.url, '--revision', '2026-07-28', '--html', 'hostile.html'],
      { cwd: folder },
    );
    await hostile.close();
    const page = await readFile(join(folder, 'hostile.html'), 'utf8');
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
    expect(page).not.toMatch(/<script/i);
    expect(page).toContain('&lt;script&gt;');
  });
});
