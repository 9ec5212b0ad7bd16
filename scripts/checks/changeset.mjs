import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { capture, tail, tool } from '../lib/capture.mjs';
import { listProjectFiles, listPublishedPackages, root } from '../lib/project.mjs';
import { createTempFolder } from '../lib/temp-folder.mjs';

// So that there is something to release even right after a release
const changeset = `---\n'@mcp-auth/core': patch\n---\n\nReleased on a copy.\n`;

/** What goes wrong when `changeset version` runs on a copy of the project, with some files replaced. */
export async function findReleaseProblems(replacements = {}) {
  const copy = createTempFolder();
  await copyProject(copy, replacements);
  const before = readManifests(copy);
  const { ok, output } = await capture(tool('changeset'), ['version'], { cwd: copy });
  if (!ok) return [`changeset version fails:\n${tail(output, 20)}`];
  return [
    ...findVersionProblems(before, readManifests(copy)),
    ...findStrayChanges(await git(copy, 'status', '--porcelain', '-z', '--untracked-files=all')),
  ];
}

async function copyProject(copy, replacements) {
  for (const path of listProjectFiles()) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(root, path), join(copy, path));
  }
  for (const [path, text] of Object.entries(replacements)) writeFileSync(join(copy, path), text);
  writeFileSync(join(copy, '.changeset/on-a-copy.md'), changeset);
  // The changelog module of the configuration is looked up from here
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  await git(copy, 'init', '--quiet');
  mkdirSync(join(copy, '.git/info'), { recursive: true });
  writeFileSync(join(copy, '.git/info/exclude'), 'node_modules\n');
  await git(copy, 'add', '--all');
  const settings = ['user.name=check', 'user.email=check@example.com', 'commit.gpgsign=false'];
  await git(
    copy,
    ...settings.flatMap((setting) => ['-c', setting]),
    'commit',
    '--quiet',
    '--no-verify',
    '-m',
    'Copy',
  );
}

async function git(cwd, ...args) {
  const { ok, output } = await capture('git', args, { cwd });
  if (!ok) throw new Error(`git ${args[0]} fails: ${output.trim()}`);
  return output;
}

function readManifests(copy) {
  return new Map(
    listPublishedPackages(copy).map(({ name, folder }) => [
      name,
      JSON.parse(readFileSync(join(copy, folder, 'package.json'), 'utf8')),
    ]),
  );
}

function findVersionProblems(before, after) {
  const versions = new Set([...after.values()].map(({ version }) => version));
  const withoutVersion = (manifest) => JSON.stringify({ ...manifest, version: '' });
  return [
    ...(versions.size === 1 ? [] : [`the versions differ: ${[...versions].join(', ')}`]),
    ...[...after].flatMap(([name, manifest]) => [
      ...(manifest.version === before.get(name).version ? [`${name} stays at ${manifest.version}`] : []),
      ...(withoutVersion(manifest) === withoutVersion(before.get(name))
        ? []
        : [`the package.json of ${name} changes in more than its version`]),
    ]),
  ];
}

const expected = /^packages\/[\w-]+\/(package\.json|CHANGELOG\.md)$|^\.changeset\/[\w-]+\.md$/;

function findStrayChanges(status) {
  return status
    .split('\0')
    .filter((line) => line !== '' && !expected.test(line.slice(3)))
    .map((line) => `an unexpected change: ${line}`);
}

export const checks = {
  'changeset version gives all published packages one version and changes nothing else': () =>
    findReleaseProblems(),
};
