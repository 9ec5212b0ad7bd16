import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pnpmCommand } from '../../lib/bootstrap.mjs';
import { capture, tail } from '../../lib/capture.mjs';
import { listPublishedPackages } from '../../lib/project.mjs';
import { createTempFolder } from '../../lib/temp-folder.mjs';

/** What builds a package before it is packed, with all it depends on; what is built already comes out of turbo's cache. */
const prepack = 'turbo run build';

/** A package that is packed without it is published empty from a fresh clone. */
export function findPrepackProblems({ scripts }) {
  return scripts?.prepack === prepack
    ? []
    : [`has the script "prepack": ${JSON.stringify(scripts?.prepack)}, not "${prepack}"`];
}

let packed;

/**
 * Packs every published package as it would be published, once for this process and those that it starts.
 *
 * @returns {Promise<Map<string, string>>} package name to tarball
 */
export function packOnce() {
  packed ??= packAll();
  return packed;
}

async function packAll() {
  const packages = listPublishedPackages();
  if (process.env.MCP_AUTH_TARBALLS === undefined) {
    const folder = createTempFolder();
    const filters = packages.map(({ name }) => `--filter=${name}`);
    // What each of them would run before it is packed, once for all of them
    await run('turbo run build', ['exec', 'turbo', 'run', 'build', '--output-logs=errors-only', ...filters]);
    const flags = ['--recursive', '--config.ignore-scripts=true', ...filters];
    await run('pnpm pack', [...flags, 'pack', '--pack-destination', folder]);
    process.env.MCP_AUTH_TARBALLS = folder;
  }
  return new Map(
    packages.map(({ name, manifest }) => {
      const file = `${name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`;
      return [name, join(process.env.MCP_AUTH_TARBALLS, file)];
    }),
  );
}

async function run(name, pnpmArgs) {
  const { command, args } = pnpmCommand(pnpmArgs);
  const { ok, output } = await capture(command, args);
  if (!ok) throw new Error(`${name} fails:\n${tail(output)}`);
}

/** The packages of the house among some names as dependencies of a manifest; without names, all of them. */
export async function fromTarballs(names) {
  const chosen = [...(await packOnce())].filter(([name]) => names === undefined || names.includes(name));
  return Object.fromEntries(chosen.map(([name, path]) => [name, `file:${path}`]));
}

const needed = ['package.json', 'README.md', 'LICENSE', 'SKILL.md', 'llms.txt'].map(
  (name) => `package/${name}`,
);
const allowed =
  /^package\/(package\.json|README\.md|CHANGELOG\.md|LICENSE|SKILL\.md|llms\.txt|(dist|json-schema|data)\/.+)$/;
const complete = ['description', 'license', 'keywords', 'engines', 'files', 'exports', 'sideEffects', 'type'];

/** What is wrong with the contents of a tarball, if anything. */
export async function findPackingProblems(tarball, folder) {
  mkdirSync(folder);
  const unpacked = await capture('tar', ['-xzf', tarball, '-C', folder]);
  if (!unpacked.ok) return [`cannot be unpacked: ${unpacked.output.trim()}`];
  const { output } = await capture('tar', ['-tzf', tarball]);
  const paths = output.split('\n').filter((path) => path !== '' && !path.endsWith('/'));
  const text = readFileSync(join(folder, 'package/package.json'), 'utf8');
  const manifest = JSON.parse(text);
  return [
    ...needed.filter((path) => !paths.includes(path)).map((path) => `lacks ${path}`),
    ...paths.filter((path) => !allowed.test(path)).map((path) => `ships ${path}`),
    ...listTargets(manifest)
      .filter((target) => !paths.some((path) => target.test(path)))
      .map(({ name }) => `exports ${name}, which is not in it`),
    ...complete.filter((field) => !(field in manifest)).map((field) => `has no "${field}"`),
    ...(text.match(/"(workspace|catalog|link|file):[^"]*"/g) ?? []).map((range) => `depends on ${range}`),
  ];
}

/** The files that an export map, `imports` and their older relatives name; a star stands for any file there. */
function listTargets({ exports, imports = {}, main, types }) {
  const names = new Set(
    [...listStrings(exports), ...listStrings(imports), main, types].filter(
      (name) => typeof name === 'string',
    ),
  );
  return [...names].map((name) => {
    const [before, after] = join('package', name).split('*');
    const test = (path) =>
      after === undefined ? path === before : path.startsWith(before) && path.endsWith(after);
    return { name, test };
  });
}

function listStrings(value) {
  if (typeof value !== 'object' || value === null) return [value];
  return Object.values(value).flatMap(listStrings);
}
