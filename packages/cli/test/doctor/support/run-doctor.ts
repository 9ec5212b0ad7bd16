import type { Finding, Report } from '../../../src/report/report.js';
import { type CliSettings, runCli } from '../../support/run-cli.js';

/** A walk and what it found, from its JSON. */
export interface WalkedReport {
  readonly exitCode: number;
  readonly report: Report;
  /** The broken step and its finding. */
  readonly broken: Finding | undefined;
  readonly brokenStep: string | undefined;
  readonly notes: readonly string[];
  readonly passed: readonly string[];
}

export async function doctor(
  url: string,
  args: readonly string[] = [],
  settings: CliSettings = {},
): Promise<WalkedReport> {
  const { exitCode, stdout, stderr } = await runCli(['doctor', url, '--json', ...args], settings);
  if (stdout === '') throw new Error(`nothing was printed: ${stderr}`);
  const report = JSON.parse(stdout) as Report;
  const brokenStep = report.details?.['brokenStep'] as string | undefined;
  const failed = report.findings.filter(({ outcome }) => outcome === 'failed');
  const broken = failed.find(({ area, severity }) => area === brokenStep && severity === 'MUST');
  return {
    exitCode,
    report,
    broken,
    brokenStep,
    notes: failed.filter((each) => each !== broken).map(({ id }) => id),
    passed: report.findings.filter(({ outcome }) => outcome === 'passed').map(({ area }) => area),
  };
}
