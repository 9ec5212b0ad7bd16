import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatText } from './lib/format-text.mjs';
import { root } from './lib/project.mjs';

/**
 * Mutation testing, one folder after the other: Stryker keeps nothing of a run that is interrupted.
 *
 *     npm run mutation                       the folders below
 *     npm run mutation -- gate express       some of them, or any other folder of packages/core/src
 *     npm run mutation -- fastify/hooks.ts   a file, or {several,files}.ts, with a row of their own
 *     npm run mutation -- --all              every folder of packages/core/src, and the adapters: hours
 *     npm run mutation -- --concurrency 1    default: 2
 */

/** The tests that a folder's mutants meet, in `packages/core/test`: few and near, since every mutant meets them. */
const testsOf = {
  credentials: ['credentials'],
  token: ['token', 'verifier/{token-kind,token-policy}'],
  scopes: ['scopes', 'operation/operation-rules'],
  challenge: ['challenge'],
  gate: ['gate', 'adapter/run-gate', 'caller', 'context/require-scopes', 'cors', 'events'],
  operation: ['operation', 'gate/{operations,told-to-the-owner}'],
  verifier: ['verifier', 'cache/{whose-verdict,known-token}', 'gate/at-once', 'token/header-rules'],
  keys: ['keys', 'authorization-server/local-server'],
};

/** The same in the `test` of an adapter; those that send thousands of requests are left out. */
const testsOfAdapter = {
  express: ['middleware', 'operations', 'context', 'uncalled', 'delegated-router', 'legacy', 'release'],
  hono: [
    ...['middleware', 'operations', 'context', 'refusals', 'metadata-router', 'whose-request'],
    ...['delegated-router', 'legacy', 'release'],
  ],
  fastify: [
    ...['plugin', 'operations', 'context', 'bodies', 'bad-bodies', 'body-limits', 'parsers'],
    ...['hooks-of-a-route', 'hooks-put-back', 'route-net', 'whole-context', 'uncalled', 'faults'],
    ...['any-application', 'delegated-router', 'legacy', 'release'],
  ],
};
const adapters = Object.keys(testsOfAdapter);

const figuresFile = join(root, 'CONTRIBUTING.md');
const survivorsFile = join(root, 'scripts/mutation-survivors.md');

/** Where a folder's sources and tests lie; of `folder/file.ts` the source is that file. */
function placeOf(name) {
  const [folder, file] = name.split('/');
  const { sources, tests } = placeOfFolder(folder);
  return file === undefined
    ? { place: sources, mutate: `${sources}/**/*.ts`, tests }
    : { place: `${sources}/${file}`, mutate: `${sources}/${file}`, tests };
}

function placeOfFolder(folder) {
  if (adapters.includes(folder)) {
    const tests = testsOfAdapter[folder].map((name) => `packages/${folder}/test/${name}.test.ts`);
    return { sources: `packages/${folder}/src`, tests };
  }
  const sources = `packages/core/src/${folder}`;
  if (!existsSync(join(root, sources))) throw new Error(`${sources} does not exist`);
  const near = testsOf[folder] ?? (existsSync(join(root, 'packages/core/test', folder)) ? [folder] : ['*']);
  const tests = near.flatMap((name) => [`${name}.test.ts`, `${name}/**/*.test.ts`]);
  return { sources, tests: tests.map((test) => `packages/core/test/${test}`) };
}

/** A new test may kill what survived; Stryker would not try again what is evaluated at import, where it knows no tests. */
function forgetSurvivors(path) {
  if (!existsSync(join(root, path))) return;
  const report = JSON.parse(readFileSync(join(root, path), 'utf8'));
  for (const file of Object.values(report.files))
    file.mutants = file.mutants.filter(({ status }) => status !== 'Survived');
  writeFileSync(join(root, path), JSON.stringify(report));
}

async function mutate(folder, concurrency) {
  const { Stryker } = await import('@stryker-mutator/core');
  const place = placeOf(folder);
  // Stryker's own `testFiles` keeps mutants of what is evaluated once, at import, from being seen
  process.env.MUTATION_TESTS = place.tests.join(' ');
  const known = `reports/mutation/${folder.replace('/', '-')}.json`;
  forgetSurvivors(known);
  const results = await new Stryker({
    mutate: [place.mutate],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    concurrency,
    incremental: true,
    incrementalFile: known,
    tempDirName: '.stryker-tmp',
    ignorePatterns: ['docs', 'benchmarks', 'scripts', 'dist', '.turbo', 'reports'],
    reporters: ['progress-append-only'],
    logLevel: 'warn',
    allowEmpty: true,
    timeoutMS: 15_000,
    warnings: { slow: false },
    dryRunTimeoutMinutes: 20,
  }).runMutationTest();
  return results.filter(({ status }) => status !== 'Ignored');
}

/** What keeps the tests from being loaded is told by the runner as no test that fails. */
function isAlive({ status, testsCompleted }) {
  return status === 'NoCoverage' || (status === 'Survived' && testsCompleted !== 0);
}

/** The text a mutant stands for, on one line. */
function describe({ fileName, location: { start, end }, replacement }) {
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = lines[last].slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  const [before, after] = [lines.join(' '), replacement].map((text) => {
    const line = text.replace(/\s+/g, ' ').trim();
    return line.length > 90 ? `${line.slice(0, 60)} … ${line.slice(-25)}` : line;
  });
  return `\`${before}\` becomes \`${after}\``.replaceAll('``', '` `');
}

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** The heading and the items of each folder; what a maintainer wrote behind an item stays. */
function writeSurvivors(place, survivors) {
  const [head, ...sections] = read(survivorsFile).split(/^## /m);
  const others = sections.filter((section) => !section.startsWith(`${place}\n`));
  const reasons = new Map(
    (sections.find((section) => section.startsWith(`${place}\n`)) ?? '')
      .split(/^- /m)
      .slice(1)
      .map((item) => /^([^]*?`), *line[^:]*: ([^]*)$/.exec(item.replace(/\s+/g, ' ').trim()))
      .filter((match) => match !== null)
      .map(([, what, reason]) => [what, reason]),
  );
  const items = new Map();
  for (const mutant of survivors) {
    const file = mutant.fileName.slice(mutant.fileName.lastIndexOf('/') + 1);
    const what = `${file}: ${describe(mutant)}`;
    items.set(what, [...(items.get(what) ?? []), mutant.location.start.line]);
  }
  const list = [...items].map(
    ([what, lines]) => `- ${what}, line ${lines.join(', ')}: ${reasons.get(what) ?? 'not explained'}`,
  );
  const section = `${place}\n\n${list.length === 0 ? 'None.' : list.join('\n')}\n`;
  return [head.trim() === '' ? '# Mutants that survive\n\n' : head, ...[...others, section].sort()].join(
    '\n## ',
  );
}

/** One row for each folder ever tried. */
function writeFigures(place, killed, all) {
  const row = `| \`${place}\` | ${all} | ${killed} | ${((killed / Math.max(all, 1)) * 100).toFixed(1)} % | ${new Date().toISOString().slice(0, 10)} |`;
  return read(figuresFile).replace(
    /(<!-- mutation -->\n+)(\|.*\n\|.*\n)((?:\|.*\n)*)/,
    (_, mark, head, rows) =>
      mark +
      head +
      [...rows.split('\n').filter((line) => line !== '' && !line.startsWith(`| \`${place}\` `)), row]
        .sort()
        .join('\n') +
      '\n',
  );
}

async function save(file, text) {
  writeFileSync(file, await formatText(file, text));
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean' },
    concurrency: { type: 'string', default: '2' },
  },
});
process.env.PROPERTY_RUNS ??= '10';
const core = readdirSync(join(root, 'packages/core/src'), { withFileTypes: true });
const every = core.filter((entry) => entry.isDirectory()).map(({ name }) => name);
const usual = positionals.length > 0 ? positionals : [...Object.keys(testsOf), ...adapters];
for (const folder of values.all ? [...every, ...adapters] : usual) {
  const results = await mutate(folder, Number(values.concurrency));
  const survivors = results.filter(isAlive);
  const { place } = placeOf(folder);
  await save(survivorsFile, writeSurvivors(place, survivors));
  await save(figuresFile, writeFigures(place, results.length - survivors.length, results.length));
  console.log(`${place}: ${results.length - survivors.length} of ${results.length} killed`);
}
