import { documentationUrl } from '@mcp-auth/core/adapter';
import { escapeJson } from '../terminal/escape.js';
import { readVersion } from '../version.js';
import { explain } from './junit.js';
import type { Finding, Report, Severity } from './report.js';

/** The report as SARIF 2.1.0, which code hosts show: a rule for each finding, a result for what failed or was excluded. */
export function formatSarif(report: Report): string {
  const rules = [...new Map(report.findings.map((finding) => [finding.id, finding])).values()];
  const shown = report.findings.filter(({ outcome }) => outcome === 'failed' || outcome === 'excluded');
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: `mcp-auth ${report.command}`,
            semanticVersion: readVersion(),
            informationUri: documentationUrl(pageOf(report.command), report.command),
            rules: rules.map(formatRule),
          },
        },
        invocations: [{ executionSuccessful: true, startTimeUtc: report.startedAt }],
        results: shown.map((finding) => formatResult(finding, report.target, rules)),
        columnKind: 'utf16CodeUnits',
      },
    ],
  };
  return `${escapeJson(JSON.stringify(log, undefined, 2))}\n`;
}

/** Commands with much to say have a page for themselves. */
function pageOf(command: string): string {
  return command === 'doctor' || command === 'audit' ? `guide/${command}` : 'guide/check-your-server';
}

function formatRule({ id, title, clause, severity, link, fix }: Finding): object {
  return {
    id,
    shortDescription: { text: title },
    ...(fix !== undefined && { help: { text: fix } }),
    ...(link !== undefined && { helpUri: link }),
    defaultConfiguration: { level: levels[severity] },
    properties: { severity, ...(clause !== undefined && { clause }) },
  };
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  MUST: 'error',
  SHOULD: 'warning',
  MAY: 'note',
  note: 'note',
};

function formatResult(finding: Finding, target: string, rules: readonly Finding[]): object {
  return {
    ruleId: finding.id,
    ruleIndex: rules.findIndex(({ id }) => id === finding.id),
    level: levels[finding.severity],
    kind: 'fail',
    message: { text: explain(finding) },
    locations: [
      {
        // A server has no lines: what was asked stands where a file would
        physicalLocation: { artifactLocation: { uri: toUri(target) }, region: { startLine: 1 } },
      },
    ],
    ...(finding.outcome === 'excluded' && {
      suppressions: [{ kind: 'external', justification: finding.reason ?? 'excluded' }],
    }),
  };
}

/** An address stays one; a path or a word becomes a relative reference (RFC 3986 §4.2). */
function toUri(target: string): string {
  if (/^https?:/i.test(target) && URL.canParse(target)) return new URL(target).href;
  return target.split(/[\\/]/).map(encodeURIComponent).join('/');
}
