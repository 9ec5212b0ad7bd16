// Writes the table of methods into the page about operations.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatText } from '../../scripts/lib/format-text.mjs';
import { listProjectFiles, readProjectFile, root } from '../../scripts/lib/project.mjs';
import { languageOf } from '../.vitepress/languages.mjs';
import { english, readLanguage } from './options/language.mjs';
import { loadSources } from './options/read-descriptions.mjs';

const table = 'packages/core/src/operation/method-table.ts';
const policy = 'packages/core/src/operation/operation-policy.ts';
const block = /(<!-- methods -->)\n[^]*?<!-- \/methods -->/g;

const groupNames = ['tools', 'prompts', 'resources', 'methods'];
const handles = { task: '`taskId`', state: '`requestState`', none: '' };
const streams = { open: 'until somebody ends it', work: 'while it works', none: '' };

/**
 * The methods that clients send, by what decides about them. Markdown, not yet aligned.
 *
 * @param {{ name: string, from: string, kind: string, groups: string[], handle: string, stream: string }[]} methods
 * @param {import('./options/language.mjs').Language} [language] default: English
 */
export function formatMethods(methods, language = english) {
  const say = (text) => (text === '' ? '' : language.phrase(text));
  const isRequest = ({ from, kind }) => from !== 'server' && kind === 'request';
  const order = ({ groups }) => groupNames.indexOf(groups[0]);
  const rows = methods
    .filter(isRequest)
    .sort((a, b) => order(a) - order(b))
    .map(({ name, groups, handle, stream }) => [
      `\`${name}\``,
      groups.map((group) => `\`${group}\``).join(', '),
      handles[handle],
      say(streams[stream]),
    ]);
  const lines = [
    ['Method', 'Groups of rules', 'Handle', 'Its answer may stay open'].map(say),
    Array(4).fill('---'),
    ...rows,
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * Methods that the doc comment of a group does not name, or names although the group does not decide about them.
 *
 * @param {{ name: string, groups: string[] }[]} methods
 * @param {string} source of the options
 */
export function findWrongGroups(methods, source) {
  return groupNames.slice(0, -1).flatMap((group) => {
    const [, comment = ''] =
      new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s*readonly ${group}\\?`).exec(source) ?? [];
    const said = [...comment.matchAll(/`([a-z]+\/[a-z]+)`/g)].map(([, name]) => name);
    const real = methods.filter(({ groups }) => groups.includes(group)).map(({ name }) => name);
    return [
      ...real
        .filter((name) => !said.includes(name))
        .map((name) => `${group} decides about ${name}, and does not say so`),
      ...said
        .filter((name) => !real.includes(name))
        .map((name) => `${group} says ${name}, about which it does not decide`),
    ];
  });
}

/** @returns {Promise<{ stale: Map<string, string>, wrong: string[] }>} pages with what they should be, and what options say wrongly */
export async function compareMethods() {
  const methods = (await loadSources([table])).get(table).describeMethods();
  const stale = new Map();
  for (const path of listProjectFiles(/^docs\/.*\.md$/)) {
    const text = readProjectFile(path);
    if (!text.includes('<!-- methods -->')) continue;
    const language = readLanguage(languageOf(path.slice('docs/'.length)).folder);
    const filled = text.replace(
      block,
      (_whole, opening) => `${opening}\n\n${formatMethods(methods, language)}\n\n<!-- /methods -->`,
    );
    if (filled === text) continue;
    const fresh = await formatText(path, filled);
    if (fresh !== text) stale.set(path, fresh);
  }
  return { stale, wrong: findWrongGroups(methods, readProjectFile(policy)) };
}

export const checks = {
  'The table of methods is what the sources say; node docs/scripts/method-table.mjs brings it up to date':
    async () => (await compareMethods()).stale.keys(),
  'The groups of rules say which methods they decide about': async () => (await compareMethods()).wrong,
};

if (process.argv[1] === import.meta.filename) {
  const { stale } = await compareMethods();
  for (const [path, text] of stale) writeFileSync(join(root, path), text);
  console.log(`${stale.size} pages written.`);
}
