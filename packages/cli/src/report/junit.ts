import { escapeText } from '../terminal/escape.js';
import { counts, type Finding, type Report } from './report.js';

/** The report as JUnit XML, one suite an area; advice counts as passed, with its text in the output. */
export function formatJunit(report: Report): string {
  const areas = [...new Set(report.findings.map(({ area }) => area))];
  const suites = areas.map((area) => formatSuite(area, report));
  const { totals } = report;
  const head = `<testsuites name="${xml(`mcp-auth ${report.command}`)}" tests="${report.findings.length}" failures="${totals.counted}" errors="0" skipped="${totals.skipped + totals.excluded}">`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${head}\n${suites.join('')}</testsuites>\n`;
}

function formatSuite(area: string, { findings, target, startedAt }: Report): string {
  const own = findings.filter((finding) => finding.area === area);
  const failures = own.filter(counts).length;
  const skipped = own.filter(isSkipped).length;
  const head = `  <testsuite name="${xml(area)}" hostname="${xml(target)}" timestamp="${xml(startedAt)}" tests="${own.length}" failures="${failures}" errors="0" skipped="${skipped}" time="0">`;
  return `${head}\n${own.map(formatCase).join('')}  </testsuite>\n`;
}

function formatCase(finding: Finding): string {
  const head = `    <testcase classname="${xml(finding.area)}" name="${xml(`${finding.id}: ${finding.title}`)}" time="0"`;
  if (isSkipped(finding))
    return `${head}>\n      <skipped message="${xml(finding.reason ?? finding.outcome)}"/>\n    </testcase>\n`;
  if (finding.outcome === 'passed') return `${head}/>\n`;
  const text = xml(explain(finding));
  return counts(finding)
    ? `${head}>\n      <failure type="${finding.severity}" message="${xml(finding.message ?? finding.actual ?? finding.title)}">${text}</failure>\n    </testcase>\n`
    : `${head}>\n      <system-out>${text}</system-out>\n    </testcase>\n`;
}

function isSkipped({ outcome }: Finding): boolean {
  return outcome === 'skipped' || outcome === 'excluded';
}

/** A failed finding in lines of text. */
export function explain({ title, message, clause, expected, actual, fix, link }: Finding): string {
  const lines = [
    ['', title],
    ['found: ', message],
    ['clause: ', clause],
    ['expected: ', expected],
    ['actual: ', actual],
    ['fix: ', fix],
    ['see: ', link],
  ] as const;
  return lines.flatMap(([label, text]) => (text === undefined ? [] : [`${label}${text}`])).join('\n');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\t': '&#9;',
};

/** XML 1.0 §2.2: these cannot stand in a document, not even escaped, and no control character either. */
const forbidden = /[\ufffe\uffff]/g;

function xml(text: string): string {
  return text
    .replaceAll('\r', '')
    .split(/([\n\t])/)
    .map((part) => (part === '\n' || part === '\t' ? part : escapeText(part, Infinity)))
    .join('')
    .replace(forbidden, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
    .replaceAll(/[&<>"'\n\t]/g, (character) => entities[character] ?? character);
}
