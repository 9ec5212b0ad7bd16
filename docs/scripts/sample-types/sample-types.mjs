import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../../scripts/lib/project.mjs';
import { inferTypes } from './infer-types.mjs';
import { readTypedSamples } from './read-samples.mjs';

/** @typedef {import('./infer-types.mjs').SampleTypes} SampleTypes */

/** Git ignores it. What was found once is found again as long as neither the code nor what it imports changes. */
const cache = join(root, 'docs/.vitepress/cache/sample-types');

/** What the types depend on, beside the code: what the packages were built to, the neighbours of quotes, what is installed, the compiler. */
const origins = [
  ...readdirSync(join(root, 'packages')).map((name) => ({
    folder: `packages/${name}/dist`,
    files: /\.d\.ts$/,
  })),
  { folder: 'apps/examples/src', files: /\.ts$/ },
  { folder: 'apps/examples/test/tested', files: /\.ts$/ },
  { folder: 'docs/scripts/sample-types', files: /\.mjs$/ },
];
const settings = ['pnpm-lock.yaml', 'tsconfig.base.json', 'apps/examples/tsconfig.json'];

/**
 * The types of the samples of the chosen pages, by their code: translations and repeated blocks share them.
 *
 * @returns {ReadonlyMap<string, SampleTypes>}
 * @throws {Error} where a sample does not compile; it names the places
 */
export function loadSampleTypes() {
  const base = hashOrigins();
  const samples = new Map(
    readTypedSamples().map((sample) => [hash(base, sample.folder, sample.language, sample.code), sample]),
  );
  mkdirSync(cache, { recursive: true });
  const fileOf = (key) => join(cache, `${key}.json`);
  const unknown = [...samples].filter(([key]) => !existsSync(fileOf(key)));
  if (unknown.length > 0) {
    const inferred = inferTypes(unknown.map(([, sample]) => sample));
    for (const [index, [key]] of unknown.entries())
      writeFileSync(fileOf(key), JSON.stringify(inferred[index]));
  }
  for (const file of readdirSync(cache)) {
    if (!samples.has(file.replace(/\.json$/, ''))) rmSync(join(cache, file), { force: true });
  }
  return new Map(
    [...samples].map(([key, { code }]) => [code, JSON.parse(readFileSync(fileOf(key), 'utf8'))]),
  );
}

function hashOrigins() {
  const files = origins.flatMap(({ folder, files: wanted }) =>
    (existsSync(join(root, folder)) ? readdirSync(join(root, folder), { recursive: true }) : [])
      .filter((file) => wanted.test(file))
      .sort()
      .map((file) => join(folder, file)),
  );
  return hash(
    ts.version,
    ...[...settings, ...files].flatMap((file) => [file, readFileSync(join(root, file), 'utf8')]),
  );
}

function hash(...parts) {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
