import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listPublishedPackages } from '../../../scripts/lib/project.mjs';

/** @typedef {'major' | 'minor' | 'patch'} Level */
/** @typedef {{ level: Level, packages: readonly string[], text: string }} Change */
/** @typedef {{ version: string, date: string | undefined, changes: readonly Change[] }} Release */

/**
 * What is in the changesets that wait for a release, and in the changelogs of the packages, which share their versions.
 *
 * @param {string} root of the project
 * @returns {{ next: readonly Change[], releases: readonly Release[] }} the newest release first
 */
export function readReleases(root) {
  const folder = join(root, '.changeset');
  const waiting = readdirSync(folder)
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .sort();
  const logs = listPublishedPackages(root)
    .map(({ name, folder: home }) => ({ name, file: join(root, home, 'CHANGELOG.md') }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => ({ name, text: readFileSync(file, 'utf8') }));
  return {
    next: waiting.flatMap((file) => parseChangeset(readFileSync(join(folder, file), 'utf8'))),
    releases: joinChangelogs(logs).map((release) => ({ ...release, date: readDate(root, release.version) })),
  };
}

/**
 * The change that a changeset tells of; none where it names no package or says nothing.
 *
 * @param {string} file
 * @returns {readonly Change[]}
 */
export function parseChangeset(file) {
  const [, data = '', text = ''] = /^---\n([\s\S]*?)\n?---\n([\s\S]*)$/.exec(file) ?? [];
  const bumps = [...data.matchAll(/^['"]?([^'":]+)['"]?: *(major|minor|patch)$/gm)];
  if (bumps.length === 0 || text.trim() === '') return [];
  const found = new Set(bumps.map(([, , level]) => level));
  const level = ['major', 'minor', 'patch'].find((each) => found.has(each));
  return [{ level, packages: bumps.map(([, name]) => name), text: text.trim() }];
}

/**
 * The changelogs of packages with one version as one: a change of several packages is told once.
 *
 * @param {readonly { name: string, text: string }[]} logs
 * @returns {readonly { version: string, changes: readonly Change[] }[]} the newest first
 */
export function joinChangelogs(logs) {
  const versions = new Map();
  for (const { name, text } of logs) {
    for (const [, version, body] of text.matchAll(/^## (\S+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm)) {
      const changes = versions.get(version) ?? new Map();
      versions.set(version, changes);
      for (const { level, entry } of readEntries(body)) {
        const known = changes.get(`${level} ${entry}`)?.packages ?? [];
        changes.set(`${level} ${entry}`, { level, packages: [...known, name], text: entry });
      }
    }
  }
  return [...versions]
    .map(([version, changes]) => ({ version, changes: [...changes.values()] }))
    .sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }));
}

/** Entries begin with `- ` and a commit, and go on indented. What tells of nothing but our own packages is left out. */
function readEntries(body) {
  return [...body.matchAll(/^### (Major|Minor|Patch) Changes\n([\s\S]*?)(?=^### |$(?![\s\S]))/gm)].flatMap(
    ([, level, list]) =>
      list
        .split(/^- /m)
        .slice(1)
        .map((entry) =>
          entry
            .replace(/^[\da-f]{7,40}: /, '')
            .replace(/^ {2}/gm, '')
            .trim(),
        )
        .filter((entry) => entry !== '' && !entry.startsWith('Updated dependencies'))
        .map((entry) => ({ level: level.toLowerCase(), entry })),
  );
}

/** The day of the tag of a release, where git knows it. */
function readDate(root, version) {
  const tag = `refs/tags/@mcp-auth/core@${version}`;
  try {
    const args = ['log', '-1', '--format=%cs', tag];
    return execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
