import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../lib/bootstrap.mjs';
import { capture, tail } from '../lib/capture.mjs';
import { failed, judge } from '../lib/outcome.mjs';
import { listProjectFiles } from '../lib/project-files.mjs';
import { listPublishedPackages } from '../lib/published-packages.mjs';
import { inTempFolder } from '../lib/temp-folder.mjs';

// So that there is something to release even right after a release
const changeset = `---\n'@mcp-auth/core': patch\n---\n\nReleased on a copy.\n`;

/** Runs `changeset version` on a copy of the project: every published package gets one version, nothing else changes. */
export async function checkChangeset(replacements = {}) {
  return inTempFolder(async (copy) => {
    await copyProject(copy, replacements);
    const before = readManifests(copy);
    const { ok, output } = await capture(
      process.execPath,
      [join(root, 'node_modules/@changesets/cli/bin.js'), 'version'],
      { cwd: copy },
    );
    if (!ok) return failed(`changeset version fails:\n${tail(output, 20)}`);
    return judge('changeset version releases all packages as one', [
      ...findVersionProblems(before, readManifests(copy)),
      ...findStrayChanges(await git(copy, 'status', '--porcelain', '-z', '--untracked-files=all')),
    ]);
  });
}

async function copyProject(copy, replacements) {
  for (const path of await listProjectFiles()) {
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
  const author = [
    '-c',
    'user.name=check',
    '-c',
    'user.email=check@example.com',
    '-c',
    'commit.gpgsign=false',
  ];
  await git(copy, ...author, 'commit', '--quiet', '--no-verify', '-m', 'Copy');
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
