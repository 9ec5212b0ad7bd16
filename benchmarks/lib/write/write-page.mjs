import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolveConfig, format } from 'prettier';
import { judgePromise, promiseRows } from '../report.mjs';
import { drawCharts } from './charts.mjs';
import { sections } from './sections.mjs';

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

function formatSection(reports, { suite, heading, text, charts = [] }) {
  const report = reports[suite];
  return [
    `## ${heading}`,
    text,
    ...charts.map(({ file, alt }) => `![${alt}](/${file})`),
    ...report.blocks.map(formatBlock),
  ].join('\n\n');
}

/** What the numbers were measured on; no name of a machine. */
function describeMachine() {
  const [first] = cpus();
  const day = new Date().toISOString().slice(0, 10);
  return `Node.js ${process.versions.node}, ${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${process.platform} ${process.arch}, ${day}`;
}

/** `BROKEN` is for those who can mend it. */
const judgeForReaders = (promise) => judgePromise(promise).replace('BROKEN', 'missed');

/** The page of all numbers. */
export function formatPage(reports) {
  const promises = Object.values(reports).flatMap((report) => report.promises);
  return [
    '# Performance',
    mark,
    `What MCP Auth costs, beside what else one could use. Every number on this page was measured in one run of
\`pnpm bench --write\` (${describeMachine()}); run it yourself, your machine will say other microseconds and about the same ratios.`,
    '## How it is measured',
    `Subjects take turns within one run, in rounds of shuffled order; a ratio is taken inside each round, and tables show the median
of the rounds with its 10th and 90th percentile. Each suite has a process of its own. Times are processor time of the whole process, crypto threads included: what an
application cannot use for anything else. Everyone does the same work on the same tokens: signature, issuer, audience, expiry,
type and one scope, in production mode. Before it is measured, each subject has to accept a good token and is shown eight bad ones:
claims altered after signing, a stranger's key, algorithm \`none\`, an HMAC made with the public key, expired, without expiry, another
audience, another issuer; and one with too little scope. A mark in a table says who let one pass.`,
    '## What was promised',
    'Bounds that were set before anything was measured. What is missed stays in the table until it is mended.',
    formatTable(promiseRows(promises, judgeForReaders)),
    ...sections.map((section) => formatSection(reports, section)),
  ].join('\n\n');
}

/** Writes the page and its charts. */
export async function writePage(reports) {
  const page = new URL('docs/performance.md', root);
  const options = await resolveConfig(page);
  writeFileSync(page, await format(`${formatPage(reports)}\n`, { ...options, parser: 'markdown' }));
  for (const [file, chart] of Object.entries(drawCharts(reports))) {
    writeFileSync(new URL(`docs/public/${file}`, root), chart);
  }
  if (!readFileSync(page, 'utf8').includes(mark)) throw new Error('The page lost its mark');
}
