// Compiles the examples of all READMEs and every entry, from tarballs, under each TypeScript, module system and resolution.
// node scripts/checks/compile-matrix.mjs
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { combine, formatCounts, judge, skipped } from '../lib/outcome.mjs';
import { inTempFolder } from '../lib/temp-folder.mjs';
import { canCompile, compile, compilers } from './packed/compile.mjs';
import { installTogether } from './packed/compile-together.mjs';
import { collectExamples } from './packed/examples.mjs';
import { packAll } from './packed/tarballs.mjs';

const settings = [
  { type: 'commonjs', module: 'CommonJS', moduleResolution: 'Node10' },
  { type: 'commonjs', module: 'Node16', moduleResolution: 'Node16' },
  { type: 'commonjs', module: 'NodeNext', moduleResolution: 'NodeNext' },
  { type: 'module', module: 'Preserve', moduleResolution: 'Bundler' },
  { type: 'module', module: 'NodeNext', moduleResolution: 'NodeNext' },
];

const versions = Object.keys(compilers).sort();

const allCells = settings.flatMap((setting) =>
  versions
    // TypeScript 7 has no such resolution any more
    .filter((version) => setting.moduleResolution !== 'Node10' || version !== '7.0')
    .flatMap((version) => [true, false].map((skipLibCheck) => ({ ...setting, version, skipLibCheck }))),
);

const covering = ['5.6', '7.0', '7.0', '5.9', '6.0'];

/**
 * Each compiler and each setting once: what every run of the tests has time for. The declarations for CommonJS are checked by
 * the fast compiler, those for ES modules where the official SDKs are compiled together.
 */
export const coveringCells = settings.map((setting, index) => ({
  ...setting,
  version: covering[index],
  skipLibCheck: covering[index] !== '7.0',
}));

/**
 * @param {string} folder where everything is installed
 * @param {typeof coveringCells} cells
 */
export async function compileMatrix(folder, cells, report = () => {}) {
  const missing = [];
  for (const version of new Set(cells.map((cell) => cell.version))) {
    if (!(await canCompile(version))) missing.push(version);
  }
  const outcomes = missing.map((version) => skipped(`TypeScript ${version} does not run on this machine`));
  for (const { type, version, ...options } of cells) {
    if (missing.includes(version)) continue;
    const { moduleResolution, skipLibCheck } = options;
    const title = `TypeScript ${version}, ${type}, ${moduleResolution}, skipLibCheck ${skipLibCheck}`;
    report(title);
    const compilerOptions = {
      esModuleInterop: true,
      resolveJsonModule: true,
      ...options,
      ...(moduleResolution === 'Node10' && version === '6.0' ? { ignoreDeprecations: '6.0' } : {}),
    };
    const programs = collectExamples(type).map((files, index) =>
      compile(join(folder, `${type}-${index}`), files, version, compilerOptions),
    );
    const problems = (await Promise.all(programs)).flat();
    outcomes.push(judge(`${title}: the examples of the READMEs and every entry compile`, problems));
  }
  return combine(outcomes);
}

async function main() {
  const outcome = await inTempFolder(async (folder) => {
    const tarballFolder = join(folder, 'tarballs');
    mkdirSync(tarballFolder);
    const together = join(folder, 'together');
    await installTogether(together, await packAll(tarballFolder));
    return compileMatrix(together, allCells, console.log);
  });
  for (const line of [...outcome.failures, ...outcome.skips]) console.log(line);
  console.log(formatCounts(outcome));
  process.exitCode = outcome.failed === 0 ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
