import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatJson } from '../../src/report/json.js';
import { formatJunit } from '../../src/report/junit.js';
import { createReport, type Finding } from '../../src/report/report.js';
import { formatSarif } from '../../src/report/sarif.js';
import { rememberPrinted, rememberSecret, runCli, searchSecretsAfterAll } from '../support/run-cli.js';

searchSecretsAfterAll();

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcp-auth-cli-'));
});

afterAll(() => rm(folder, { recursive: true }));

const findings: readonly Finding[] = [
  { id: 'a/one', area: 'a', severity: 'MUST', outcome: 'passed', title: 'One is good' },
  {
    id: 'a/two',
    area: 'a',
    severity: 'MUST',
    outcome: 'failed',
    title: 'Two is good',
    message: 'Two is "bad" & <broken>\u0007\u202e]]>',
    clause: 'RFC 0 §1',
    fix: 'Mend\nit.',
  },
  {
    id: 'b/three',
    area: 'b',
    severity: 'MAY',
    outcome: 'failed',
    title: 'Three is good',
    actual: 'it is not',
  },
  {
    id: 'b/four',
    area: 'b',
    severity: 'SHOULD',
    outcome: 'skipped',
    title: 'Four is good',
    reason: 'nobody asked',
  },
  {
    id: 'b/five',
    area: 'b',
    severity: 'SHOULD',
    outcome: 'excluded',
    title: 'Five is good',
    reason: 'known',
  },
];

const report = createReport({
  command: 'audit',
  target: 'https://api.example.com/mcp',
  startedAt: '2026-07-28T12:00:00.000Z',
  findings,
  requests: 3,
});

test('what fails as a MUST or a SHOULD counts, advice does not', () => {
  expect(report.totals).toEqual({ passed: 1, failed: 2, skipped: 1, excluded: 1, counted: 1 });
});

describe('JUnit XML', () => {
  const text = formatJunit(report);

  test('has a suite for each area, a case for each finding, and its numbers add up', () => {
    expect(text).toContain(
      '<testsuites name="mcp-auth audit" tests="5" failures="1" errors="0" skipped="2">',
    );
    expect(text.match(/<testsuite /g)).toHaveLength(2);
    expect(text.match(/<testcase /g)).toHaveLength(5);
    expect(text.match(/<failure /g)).toHaveLength(1);
    expect(text.match(/<skipped /g)).toHaveLength(2);
  });

  test('[XML 1.0 §2.2] is well-formed whatever a server sends', () => {
    // eslint-disable-next-line no-control-regex -- these cannot stand in XML
    expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/);
    expect(text).toContain('Two is &quot;bad&quot; &amp; &lt;broken&gt;\\u{7}');
    const open: string[] = [];
    for (const [, close, name = '', empty] of text.matchAll(/<(\/?)([a-z-]+)[^<>]*?(\/?)>/g)) {
      if (close === '/') expect(open.pop()).toBe(name);
      else if (empty !== '/') open.push(name);
    }
    expect(open).toEqual([]);
  });
});

test('no format has characters that a terminal obeys, or that reorder what is read', () => {
  const evil = '\u001b]8;;x\u0007\u009b31m\u202e\u200b\u2028\u{e0041}\ufeff';
  const finding = { ...findings[1], message: `a${evil}b` } as Finding;
  const hostile = createReport({ ...report, findings: [finding] });
  for (const format of [formatJson, formatSarif, formatJunit])
    expect(format(hostile).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u200b\u202e\u2028\ufeff\u{e0041}]/u);
  const { findings: read } = JSON.parse(formatJson(hostile)) as { findings: Finding[] };
  expect(read[0]?.message).toBe(`a${evil}b`);
});

describe('SARIF 2.1.0', () => {
  const log = JSON.parse(formatSarif(report)) as {
    version: string;
    runs: {
      tool: { driver: { name: string; rules: { id: string; shortDescription: { text: string } }[] } };
      invocations: { executionSuccessful: boolean }[];
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        kind: string;
        message: { text: string };
        locations: {
          physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
        }[];
        suppressions?: { kind: string }[];
      }[];
    }[];
  };

  test('has every member that its schema requires, with the values it allows', () => {
    expect(log.version).toBe('2.1.0');
    for (const { tool, results, invocations } of log.runs) {
      expect(tool.driver.name).not.toBe('');
      expect(invocations.every(({ executionSuccessful }) => executionSuccessful)).toBe(true);
      const ids = tool.driver.rules.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const rule of tool.driver.rules) expect(rule.shortDescription.text).not.toBe('');
      for (const result of results) {
        expect(ids[result.ruleIndex]).toBe(result.ruleId);
        expect(['none', 'note', 'warning', 'error']).toContain(result.level);
        expect(result.kind).toBe('fail');
        expect(result.message.text).not.toBe('');
        for (const { physicalLocation } of result.locations) {
          expect(URL.canParse(physicalLocation.artifactLocation.uri, 'file:///')).toBe(true);
          expect(physicalLocation.region.startLine).toBeGreaterThan(0);
        }
        for (const { kind } of result.suppressions ?? []) expect(['inSource', 'external']).toContain(kind);
      }
    }
  });

  test('tells of what failed, and of what was excluded as suppressed', () => {
    const results = log.runs[0]?.results ?? [];
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['a/two', 'error'],
      ['b/three', 'note'],
      ['b/five', 'warning'],
    ]);
    expect(results[2]?.suppressions).toHaveLength(1);
  });

  test('of a file on Windows has a reference for its place', () => {
    const text = formatSarif({ ...report, target: 'C:\\some where\\as.json' });
    expect(text).toContain('"uri": "C%3A/some%20where/as.json"');
  });
});

describe('a command', () => {
  test('writes both next to what it prints, without secrets', async () => {
    const token = rememberSecret(
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.c2lnbmF0dXJlLW9mLXNvbWVib2R5`,
    );
    const args = ['explain', '-', '--json', '--junit', 'out.xml', '--sarif', 'out.sarif'];
    const { stdout, stderr, exitCode } = await runCli(args, { stdin: token, cwd: folder });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, command: 'explain', requests: 0 });
    expect(stderr).toBe('Wrote out.xml\nWrote out.sarif\n');
    for (const name of ['out.xml', 'out.sarif']) rememberPrinted(await readFile(join(folder, name), 'utf8'));
  });

  test('with a file that cannot be written could not be carried out', async () => {
    const args = ['explain', 'abcdefgh', '--sarif', 'no/such/folder/out.sarif'];
    const { exitCode, stderr } = await runCli(args, { cwd: folder });
    expect(exitCode).toBe(3);
    expect(stderr).toContain('cannot be written (ENOENT)');
  });
});
