import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { formatText } from '../../../scripts/lib/format-text.mjs';
import { judgePromise, promiseRows } from '../report.mjs';
import { reasonOf, reasons } from './reasons.mjs';
import { sections, tables } from './sections.mjs';

const root = new URL('../../../', import.meta.url);
const mark = '<!-- Written by `node benchmarks/run.mjs --write`. Do not edit. -->';

const cell = (value) => String(value).replaceAll('|', '\\|').replaceAll('*', '\\*');

/** @param {(string | number)[][]} rows */
function formatTable([head, ...rows]) {
  const line = (row) => `| ${row.map(cell).join(' | ')} |`;
  return [line(head), `| --- |${' ---: |'.repeat(head.length - 1)}`, ...rows.map(line)].join('\n');
}

const formatBlock = (block) =>
  block.kind === 'text'
    ? block.text.replaceAll('*', '\\*')
    : `**${cell(block.title)}**\n\n${formatTable(block.rows)}`;

/** Folded: an empty line lets Markdown be read inside. */
const fold = (summary, blocks) =>
  ['<details>', `<summary>${summary}</summary>`, ...blocks, '</details>'].join('\n\n');

/** How many charts are seen before anything is opened: what everybody asks first. */
const openCharts = 2;

const formatQuestion = (reports, { heading, file, alt, say }, index) => {
  const chart = `![${alt}](./public/${file})`;
  return [`## ${heading}`, say(reports), index < openCharts ? chart : fold(alt, [chart])].join('\n\n');
};

/** What the numbers were measured on; no name of a machine. */
function describeMachine() {
  const [first] = cpus();
  const day = new Date().toISOString().slice(0, 10);
  return `Node.js ${process.versions.node}, ${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${process.platform} ${process.arch}, ${day}`;
}

/** `BROKEN` is for those who can fix it. */
const forReaders = ([what, measured, promised, verdict]) => [
  ...[what, measured, promised],
  verdict.replace('BROKEN', 'missed'),
];

/** Each reason once, with all that it is the reason of. */
const explainMissed = (missed) =>
  reasons
    .map(({ promises, why }) => [missed.filter((what) => promises.test(what)), why])
    .filter(([some]) => some.length > 0)
    .map(([some, why]) => `Missed: ${some.join('; ')}.\n\nWhy: ${why}`);

/** The page of all numbers: a chart for each question, and what they were read from. */
export function formatPage(reports) {
  const promises = Object.values(reports).flatMap((report) => report.promises);
  const rows = promiseRows(promises).map(forReaders);
  const missedRows = rows.filter(([, , , verdict]) => verdict === 'missed');
  const missed = missedRows.length;
  return [
    '---\ndescription: What MCP Auth costs, compared with other libraries, in one run of a benchmark that you can repeat.\n---',
    '# Performance',
    mark,
    `This page says what MCP Auth costs, compared with other libraries. Every number is from one run of \`npx pnpm@10.34.9 bench --write\` on
${describeMachine()}; on your machine the microseconds differ, and the ratios are about the same. MCP Auth is configured as its README shows: it gets an
\`https\` issuer, finds the keys itself, and its metadata router is mounted. In tables and charts, \`mcp-auth 0.2.0\` is the older, published package. Of the ${promises.length} bounds that were promised, ${missed === 0 ? 'all are kept' : `${missed} ${missed === 1 ? 'is' : 'are'} missed`}.`,
    ...sections.map((section, index) => formatQuestion(reports, section, index)),
    '## All numbers',
    fold('How it is measured', [
      `Subjects take turns within one run, in rounds of shuffled order; a ratio is taken inside each round, and tables show the median of the
rounds with its 10th and 90th percentile. Each suite has a process of its own. Times are processor time of the whole process, crypto threads
included: what an application cannot use for anything else. Every subject does the same work on the same tokens: signature, issuer, audience,
expiry, type and one scope, in production mode. Before it is measured, each subject has to accept a good token and is shown eight bad ones:
claims altered after signing, another key, algorithm \`none\`, an HMAC made with the public key, expired, without expiry, another
audience, another issuer; and one with too little scope. A mark in a table says which subject let one pass.`,
    ]),
    fold('What was promised, and what came of it', [
      formatTable(rows),
      ...explainMissed(missedRows.map(([what]) => what)),
    ]),
    fold(
      'Tables of all suites',
      Object.entries(tables)
        .filter(([suite]) => suite in reports)
        .map(([suite, text]) =>
          fold(`Tables of the suite ${suite}`, [text, ...reports[suite].blocks.map(formatBlock)]),
        ),
    ),
  ].join('\n\n');
}

/** Writes the page and its charts. */
export async function writePage(reports) {
  const page = new URL('docs/performance.md', root);
  writeFileSync(page, await formatText('performance.md', `${formatPage(reports)}\n`));
  const charts = new URL('docs/public/', root);
  // Those of questions that the page no longer asks
  for (const file of readdirSync(charts))
    if (/^performance-.*\.svg$/.test(file)) rmSync(new URL(file, charts));
  for (const { file, draw } of sections) writeFileSync(new URL(file, charts), draw(reports));
  const promises = Object.values(reports).flatMap((report) => report.promises);
  for (const promise of promises)
    if (judgePromise(promise) !== 'kept' && reasonOf(promise.what) === undefined)
      console.error(`missed, and lib/write/reasons.mjs does not say why: ${promise.what}`);
  if (!readFileSync(page, 'utf8').includes(mark)) throw new Error('The page lost its mark');
}
