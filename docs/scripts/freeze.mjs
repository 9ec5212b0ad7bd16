// Puts a version of the documentation into the folder that is served. docs/README.md, "Versions"
//   node docs/scripts/freeze.mjs v1.2.0 --site ../site      a release, from its tag: /v1.2/, and the root where it is the newest
//   node docs/scripts/freeze.mjs next --site ../site        what is checked out here: /next/
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../scripts/lib/project.mjs';
import { createTempFolder } from '../../scripts/lib/temp-folder.mjs';
import { compareVersions, isVersionFolder, readVersions, versionOfTag } from './versions/site-folder.mjs';
import { stampPages } from './versions/stamp-pages.mjs';

const install = 'npx pnpm@10.34.9 install --frozen-lockfile';
const build = 'npx pnpm@10.34.9 docs:build';
const built = 'docs/.vitepress/dist';

/** What names whole addresses of pages: a version that is not the last release has none of its own. */
const ofTheRoot = ['sitemap.xml', 'releases.xml'];

/**
 * Builds a version and puts it into the site. A release is built twice, for its own folder and for the root: the addresses of a built page begin
 * with the path that it was built for.
 *
 * @param {object} wish
 * @param {string} wish.version a tag, or `next`
 * @param {string} wish.site the folder that is served; it may be empty
 * @param {string} [wish.repository]
 * @param {string} [wish.origin] scheme and host of the site
 * @param {{ install: string, build: string }} [wish.commands]
 * @returns {readonly string[]} what was done, a line each
 */
export function freeze({ version, site, repository = root, origin, commands = { install, build } }) {
  mkdirSync(site, { recursive: true });
  return [
    ...(version === 'next'
      ? putNext(site, repository, commands)
      : putRelease(version, site, repository, commands)),
    `${stampPages(site, origin)} pages say which version they are of, and are kept from search engines`,
  ];
}

function putNext(site, repository, commands) {
  buildFor('/next/', { DOCS_VERSION: 'next' }, repository, commands);
  replaceFolder(join(repository, built), join(site, 'next'));
  return ['/next/ is what is checked out'];
}

function putRelease(tag, site, repository, commands) {
  const release = versionOfTag(tag);
  const before = readVersions(site);
  const isNewest = before.releases.every((other) => compareVersions(release, other) >= 0);
  const checkout = join(createTempFolder(), 'checkout');
  const git = (...parts) => execFileSync('git', ['-C', repository, ...parts], { stdio: 'pipe' });
  git('worktree', 'add', '--detach', checkout, tag);
  try {
    run(commands.install, checkout);
    const path = `/v${release}/`;
    buildFor(path, { DOCS_VERSION: release }, checkout, commands);
    replaceFolder(join(checkout, built), join(site, `v${release}`));
    if (!isNewest) return [`${path} is ${tag}`];
    const others = ['next', ...before.releases.filter((other) => other !== release)];
    const links = others.map((label) => ({ label, link: label === 'next' ? '/next/' : `/v${label}/` }));
    buildFor('/', { DOCS_VERSION: release, DOCS_OTHERS: JSON.stringify(links) }, checkout, commands);
    replaceRoot(join(checkout, built), site);
    return [`${path} is ${tag}`, `/ is ${tag}`];
  } finally {
    git('worktree', 'remove', '--force', checkout);
  }
}

function buildFor(base, variables, folder, commands) {
  rmSync(join(folder, built), { recursive: true, force: true });
  run(commands.build, folder, { ...variables, DOCS_BASE: base });
}

function run(command, cwd, variables = {}) {
  execFileSync(command, { cwd, shell: true, stdio: 'inherit', env: { ...process.env, ...variables } });
}

function replaceFolder(from, to) {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  for (const file of ofTheRoot) rmSync(join(to, file), { force: true });
}

/** Versions stay where they are, and so does what begins with a dot: the host's own files. */
function replaceRoot(from, site) {
  for (const name of readdirSync(site)) {
    if (!isVersionFolder(name) && !name.startsWith('.')) rmSync(join(site, name), { recursive: true });
  }
  cpSync(from, site, { recursive: true });
}

if (process.argv[1] === import.meta.filename) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { site: { type: 'string' } },
  });
  const [version] = positionals;
  if (version === undefined || values.site === undefined) {
    console.error('Usage: node docs/scripts/freeze.mjs <tag | next> --site <folder>');
    process.exitCode = 1;
  } else {
    const site = resolve(values.site);
    if (!existsSync(site)) console.log(`${site} is new.`);
    for (const line of freeze({ version, site, origin: process.env.DOCS_ORIGIN })) console.log(line);
  }
}
