import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const sizeOfTree = (path) => {
  const entry = statSync(path);
  if (!entry.isDirectory()) return entry.size;
  return readdirSync(path)
    .filter((name) => name !== 'node_modules')
    .reduce((total, name) => total + sizeOfTree(join(path, name)), 0);
};

/** What npm would put on the disk: what the manifest lists, or everything that came from the registry. */
function sizeOfPackage(folder, { files }) {
  const isWorkspace = !folder.includes('node_modules');
  if (!isWorkspace || files === undefined) return sizeOfTree(folder);
  return ['package.json', ...files]
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
    .reduce((total, path) => total + sizeOfTree(path), 0);
}

function findPackage(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(candidate)) return realpathSync(candidate);
    if (folder === dirname(folder)) throw new Error(`${name} is not installed`);
  }
}

/**
 * Bytes and number of packages that installing `names` brings, dependencies included. Peer dependencies are not: the
 * framework is there anyway.
 */
export function measureInstalled(names, from) {
  const seen = new Map();
  const pending = names.map((name) => [name, from]);
  while (pending.length > 0) {
    const [name, base] = pending.pop();
    const folder = findPackage(name, base);
    if (seen.has(folder)) continue;
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    seen.set(folder, sizeOfPackage(folder, manifest));
    for (const dependency of Object.keys(manifest.dependencies ?? {})) pending.push([dependency, folder]);
  }
  return { packages: seen.size, bytes: [...seen.values()].reduce((total, size) => total + size, 0) };
}
