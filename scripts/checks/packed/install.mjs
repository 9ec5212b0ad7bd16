import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../lib/project.mjs';
import { capture, tail } from '../../lib/capture.mjs';

const { catalog } = parse(readFileSync(`${root}pnpm-workspace.yaml`, 'utf8'));

/** The version of a tool or library that the workspace was built with. */
export function pinned(name) {
  if (!(name in catalog)) throw new Error(`${name} is not in the catalog of pnpm-workspace.yaml.`);
  return catalog[name];
}

/**
 * Installs with npm, as a user would. May be called again for the same folder to add packages.
 *
 * @param {string} folder
 * @param {Record<string, string>} dependencies name to version or tarball
 * @param {{ scripts?: boolean }} [options] whether packages may run scripts, which fetch the programs of some
 */
export async function installWithNpm(folder, dependencies, { scripts = false } = {}) {
  const path = join(folder, 'package.json');
  const before = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).dependencies : {};
  const manifest = { private: true, type: 'module', dependencies: { ...before, ...dependencies } };
  writeFileSync(path, JSON.stringify(manifest, undefined, 2));
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  const args = ['install', ...flags, ...(scripts ? [] : ['--ignore-scripts'])];
  const { ok, output } = await capture('npm', args, { cwd: folder });
  if (!ok) throw new Error(`npm install fails:\n${tail(output)}`);
}

/** The packages that come with a package at run time: its dependencies, and theirs, without peers. */
export function listRuntimePackages(folder, name) {
  const found = new Set();
  const visit = (from, dependency) => {
    const home = findPackage(from, dependency);
    const { dependencies = {} } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
    if (found.has(dependency)) return;
    found.add(dependency);
    for (const next of Object.keys(dependencies)) visit(home, next);
  };
  visit(folder, name);
  return found;
}

export function isInstalled(folder, name) {
  return existsSync(join(folder, 'node_modules', name));
}

function findPackage(from, name) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) throw new Error(`${name} is not installed.`);
  }
}
