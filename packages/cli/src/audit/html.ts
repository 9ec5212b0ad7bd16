import type { BlackBoxReport } from '@mcp-auth/conformance/black-box';
import type { Exchange } from '../net/exchange.js';
import { counts, type Finding, type Report } from '../report/report.js';
import { escapeLines } from '../terminal/escape.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text from elsewhere as text of a page: no markup, and nothing that reorders what is read. */
export function escapeHtml(text: string): string {
  return escapeLines(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #8884; vertical-align: top; }
pre { overflow-x: auto; padding: .6rem; background: #8881; white-space: pre-wrap; overflow-wrap: anywhere; }
code { overflow-wrap: anywhere; }
.grade { font-weight: 700; }
.A { color: #2a7d2a; } .B { color: #96690a; } .D, .F { color: #c02a2a; }
@media (prefers-color-scheme: dark) { .A { color: #7cd67c; } .B { color: #e0b050; } .D, .F { color: #ff8a8a; } }
`;

/** The report as one page: nothing is loaded from elsewhere, and nothing runs. */
export function formatHtml(found: BlackBoxReport, report: Report): string {
  const failed = report.findings.filter(({ outcome }) => outcome === 'failed');
  const faults = failed.filter(counts);
  const advice = failed.filter((finding) => !counts(finding));
  const excluded = report.findings.filter(({ outcome }) => outcome === 'excluded');
  const { totals } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Audit of ${escapeHtml(report.target)}</title>
<style>${style}</style>
</head>
<body>
<h1>Audit of <code>${escapeHtml(report.target)}</code></h1>
<p><span class="grade ${found.grade}">Grade ${found.grade}</span>. ${totals.passed} passed, ${totals.failed} failed (${totals.counted} of them MUST or SHOULD), ${totals.skipped} skipped, ${totals.excluded} excluded; ${report.requests} requests, ${escapeHtml(report.startedAt)}, cases ${escapeHtml(found.version)}, MCP ${found.revisions.join(', ')}.</p>
<h2>Grades</h2>
<table>
<thead><tr><th scope="col">Area</th><th scope="col">Grade</th></tr></thead>
<tbody>
${Object.entries(found.grades).map(toGradeRow).join('\n')}
</tbody>
</table>
${formatFailures('What failed', faults, 'No MUST and no SHOULD failed.')}
${advice.length === 0 ? '' : formatFailures('Advice', advice, '')}
${excluded.length === 0 ? '' : formatReasons('Excluded', excluded)}
${formatReasons(
  'Not judged',
  report.findings.filter(({ outcome }) => outcome === 'skipped'),
)}
${formatPassed(report.findings.filter(({ outcome }) => outcome === 'passed'))}
</body>
</html>
`;
}

function toGradeRow([area, grade]: readonly [string, string]): string {
  return `<tr><td>${escapeHtml(area)}</td><td class="grade ${grade}">${grade === 'none' ? 'not judged' : grade}</td></tr>`;
}

function formatFailures(title: string, findings: readonly Finding[], none: string): string {
  const list = findings.map(formatFailure).join('\n');
  return `<h2>${title}</h2>\n${findings.length === 0 ? `<p>${none}</p>` : list}`;
}

function formatFailure(finding: Finding): string {
  const {
    id,
    severity,
    title,
    clause = '',
    revisions = [],
    expected = '',
    actual = '',
    fix = '',
    exchange,
  } = finding;
  return `<h3>${escapeHtml(title)}</h3>
<p><strong>${severity}</strong> ${escapeHtml(clause)}; MCP ${revisions.join(', ')}; <code>${escapeHtml(id)}</code></p>
<table><tbody>
<tr><th scope="row">expected</th><td>${escapeHtml(expected)}</td></tr>
<tr><th scope="row">actual</th><td>${escapeHtml(actual)}</td></tr>
<tr><th scope="row">fix</th><td>${escapeHtml(fix)}</td></tr>
</tbody></table>
${exchange === undefined ? '' : `<pre>${escapeHtml(writeExchange(exchange))}</pre>`}`;
}

function writeExchange({ request, response }: Exchange): string {
  const sent = [
    `> ${request.method} ${request.url}`,
    ...request.headers.map(([name, value]) => `> ${name}: ${value}`),
  ];
  const came =
    response === undefined
      ? []
      : [
          `< ${response.status}`,
          ...response.headers.map(([name, value]) => `< ${name}: ${value}`),
          response.body,
        ];
  return [...sent, ...(request.body === undefined ? [] : [request.body]), ...came].join('\n');
}

function formatReasons(title: string, findings: readonly Finding[]): string {
  const byReason = new Map<string, string[]>();
  for (const { id, reason = '' } of findings) byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  if (byReason.size === 0) return '';
  const rows = [...byReason].map(
    ([reason, ids]) =>
      `<details><summary>${escapeHtml(reason)} (${ids.length})</summary><p>${ids.map((id) => `<code>${escapeHtml(id)}</code>`).join(' ')}</p></details>`,
  );
  return `<h2>${title}</h2>\n${rows.join('\n')}`;
}

function formatPassed(findings: readonly Finding[]): string {
  const rows = findings.map(
    ({ id, title, clause = '' }) =>
      `<tr><td><code>${escapeHtml(id)}</code></td><td>${escapeHtml(title)}</td><td>${escapeHtml(clause)}</td></tr>`,
  );
  return `<h2>Passed</h2>\n<details><summary>${findings.length} cases</summary><table><tbody>\n${rows.join('\n')}\n</tbody></table></details>`;
}
