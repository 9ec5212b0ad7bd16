// Writes what `doctor` finds, and the clients that it knows, into the page about it: node docs/scripts/doctor-findings.mjs
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatText } from '../../scripts/lib/format-text.mjs';
import { listProjectFiles, readProjectFile, root } from '../../scripts/lib/project.mjs';
import { loadSources } from './options/read-descriptions.mjs';

const doctor = 'packages/cli/src/doctor';
const sources = {
  problems: `${doctor}/problems/problems.ts`,
  steps: `${doctor}/problems/problem.ts`,
  clients: `${doctor}/clients/known-clients.ts`,
};
const errorsPage = 'docs/errors.md';

/** @typedef {{ step: string, severity: string, title: string, clause: string, fix: string, code?: string }} Problem */

/** @returns {Promise<{ problems: Record<string, Problem>, steps: string[], clients: object[] }>} */
export async function loadFindings() {
  const modules = await loadSources(Object.values(sources));
  return {
    problems: modules.get(sources.problems).problems,
    steps: modules.get(sources.steps).stepNames,
    clients: modules.get(sources.clients).knownClients,
  };
}

const severities = { MUST: '', SHOULD: ' (warning)', note: ' (note)' };

/**
 * The findings of each step, with a heading that reports link to. Markdown, not yet aligned.
 *
 * @param {Record<string, Problem>} problems
 * @param {readonly string[]} steps
 */
export function formatFindings(problems, steps) {
  const sections = steps.map((step) => {
    const rows = Object.entries(problems)
      .filter(([, problem]) => problem.step === step)
      .map(([id, { severity, title, fix, code }]) => {
        const log = code === undefined ? '' : ` Your log says [\`${code}\`](../errors.md#${code}).`;
        return `| \`${id}\`${severities[severity]} | ${escapeCell(title)} | ${escapeCell(fix)}${log} |`;
      });
    return [
      // Links of reports lead to forges, which make no anchor of an id
      `<a name="doctor-${step}"></a>`,
      '',
      `#### ${step.replace('-', ' ')} {#doctor-${step}}`,
      '',
      '| Finding | What is wrong | What to do |',
      '| --- | --- | --- |',
      ...rows,
    ].join('\n');
  });
  return sections.join('\n\n');
}

const registering = { document: 'document', registration: 'registration' };

/** @param {readonly object[]} clients */
export function formatClients(clients) {
  const rows = clients.map(
    ({ name, version, registers = [], callback, isHosted, stepsUp, sources: from }) => [
      version === undefined ? name : `${name}, ${version}`,
      registers.map((way) => registering[way]).join(' or '),
      callback ?? '',
      isHosted ? 'the internet, over https' : 'the machine of its user',
      stepsUp === undefined ? 'not known' : stepsUp ? 'yes' : 'no',
      from.map(({ kind, where, date }) => `${formatSource(kind, where)}, ${date}`).join('; '),
    ],
  );
  return [
    ['Client', 'Registers by', 'Callback', 'Calls from', 'Logs in again for scopes', 'By'],
    Array(6).fill('---'),
    ...rows,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

const formatSource = (kind, where) =>
  where.startsWith('https:') ? `[${kind}](${where})` : `${kind}: \`${where}\``;
const escapeCell = (text) => text.replaceAll('|', '\\|').replaceAll('*', '\\*');

/** @returns {Promise<Map<string, string>>} pages with what they should be */
export async function compareFindings() {
  const { problems, steps, clients } = await loadFindings();
  const blocks = {
    'doctor findings': formatFindings(problems, steps),
    'known clients': formatClients(clients),
  };
  const stale = new Map();
  for (const path of listProjectFiles(/^docs\/guide\/(?:doctor|doctor-findings)\.md$/)) {
    const text = readProjectFile(path);
    let filled = text;
    for (const [name, content] of Object.entries(blocks)) {
      filled = filled.replace(
        new RegExp(`(<!-- ${name} -->)\\n[^]*?<!-- /${name} -->`, 'g'),
        (_whole, opening) => `${opening}\n\n${content}\n\n<!-- /${name} -->`,
      );
    }
    if (filled === text) continue;
    const fresh = await formatText(path, filled);
    if (fresh !== text) stale.set(path, fresh);
  }
  return stale;
}

/**
 * Codes that findings lead to, whose sections do not lead back.
 *
 * @param {Record<string, Problem>} problems
 * @param {string} page of errors
 */
export function findOneWay(problems, page) {
  return Object.entries(problems).flatMap(([id, { code, step }]) => {
    if (code === undefined) return [];
    const section = page.split(/^### /m).find((part) => part.includes(`{#${code}}`)) ?? '';
    return section.includes(`doctor-findings.md#doctor-${step}`)
      ? []
      : [`${errorsPage}#${code} does not lead to ${id}: guide/doctor-findings.md#doctor-${step}`];
  });
}

export const checks = {
  'The findings of doctor are what the sources say; node docs/scripts/doctor-findings.mjs brings them up to date':
    async () => (await compareFindings()).keys(),
  'Codes that a finding of doctor leads to lead back': async () =>
    findOneWay((await loadFindings()).problems, readProjectFile(errorsPage)),
};

if (process.argv[1] === import.meta.filename) {
  const stale = await compareFindings();
  for (const [path, text] of stale) writeFileSync(join(root, path), text);
  console.log(`${stale.size} pages written.`);
}
