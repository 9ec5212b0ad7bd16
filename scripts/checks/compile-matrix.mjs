// Compiles the examples of all READMEs and every entry, from tarballs, under each TypeScript, module system and resolution, and SDK 1,
// SDK 2 and the adapters together under each TypeScript.
// node scripts/checks/compile-matrix.mjs         all
// node scripts/checks/compile-matrix.mjs 5.6     with one TypeScript
import { join } from 'node:path';
import { formatCounts, runChecks } from '../lib/outcome.mjs';
import { createTempFolder } from '../lib/temp-folder.mjs';
import { compilers } from '../lib/compilers.mjs';
import { compile, whereItRuns } from './packed/compile.mjs';
import { installTogether, sdkChecks } from './packed/compile-together.mjs';
import { collectExamples } from './packed/examples.mjs';

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
export function* matrixChecks(folder, cells) {
  for (const { type, version, ...options } of cells) {
    const { moduleResolution, skipLibCheck } = options;
    const compilerOptions = {
      esModuleInterop: true,
      resolveJsonModule: true,
      ...options,
      ...(moduleResolution === 'Node10' && version === '6.0' ? { ignoreDeprecations: '6.0' } : {}),
    };
    yield [
      `TypeScript ${version}, ${type}, ${moduleResolution}, skipLibCheck ${skipLibCheck}: the examples of the READMEs and every entry compile`,
      whereItRuns(version, async () => {
        const programs = collectExamples(type).map((files, index) =>
          compile(join(folder, `${type}-${index}`), files, version, compilerOptions),
        );
        return (await Promise.all(programs)).flat();
      }),
    ];
  }
}

if (process.argv[1] === import.meta.filename) {
  const folder = join(createTempFolder(), 'together');
  await installTogether(folder);
  const [only] = process.argv.slice(2);
  const isAsked = ({ version }) => only === undefined || version === only;
  const together = versions
    // Hono's declarations need TypeScript 5.7
    .filter((version) => version !== '5.6')
    .flatMap((version) =>
      [{}, { exactOptionalPropertyTypes: true }].map((options) => ({ version, options })),
    );
  const outcome = await runChecks(function* () {
    yield* matrixChecks(folder, allCells.filter(isAsked));
    yield* sdkChecks(folder, together.filter(isAsked));
  });
  console.log([...outcome.failures, ...outcome.skips, formatCounts(outcome)].join('\n'));
  process.exitCode = outcome.failures.length === 0 ? 0 : 1;
}
