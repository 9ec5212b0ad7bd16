import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readCatalogue } from './checks/requirements.mjs';
import { root } from './lib/bootstrap.mjs';
import { checkSearch, createFaultPlugin, editsOf } from './lib/edits.mjs';

/**
 * One change of core that breaks a rule: a check dropped, a comparison loosened, a bound lifted. A test must fail because
 * of it whose title cites one of these rules.
 *
 * @typedef {object} Mutant
 * @property {string} name
 * @property {string} file in `packages/core/src`
 * @property {string} search text that occurs in the file exactly once
 * @property {string} replace
 * @property {{ file: string, search: string, replace: string }[]} [also] further places, by their path in the workspace
 * @property {string[]} requirements the rules it breaks
 * @property {string[]} tests files below `packages/core/test`, without `.test.ts`
 */

const workers = 2;
const folder = join(root, 'scripts/faults');

/** @returns {Promise<Mutant[]>} */
async function loadMutants() {
  const files = readdirSync(folder).filter((file) => /^mutants-.*\.mjs$/.test(file));
  const modules = await Promise.all(files.sort().map((file) => import(join(folder, file))));
  return modules
    .flatMap((module) => module.mutants)
    .map((mutant) => ({ ...mutant, file: `packages/core/src/${mutant.file}` }));
}

/** Mistakes in the definitions, found without running anything. */
function findMistakes(mutants) {
  const names = new Set();
  const known = new Set(readCatalogue().map(({ id }) => id));
  return mutants.flatMap((mutant) => {
    const mistakes = [checkSearch(mutant)];
    if (mutant.search === mutant.replace) mistakes.push('it changes nothing');
    if (mutant.requirements.length === 0) mistakes.push('it names no requirement');
    for (const id of mutant.requirements) if (!known.has(id)) mistakes.push(`no requirement ${id} exists`);
    for (const test of mutant.tests) if (!existsSync(pathOf(test))) mistakes.push(`no test ${test} exists`);
    if (names.has(mutant.name)) mistakes.push('another one has its name');
    names.add(mutant.name);
    return mistakes.filter((mistake) => mistake !== undefined).map((mistake) => `${mutant.name}: ${mistake}`);
  });
}

/** A runner that is started once and tries one mutant after the other; its workers load every module anew. */
async function createRunner() {
  const { createVitest } = await import('vitest/node');
  let edits = [];
  const vitest = await createVitest(
    'test',
    {
      root,
      watch: false,
      pool: 'threads',
      maxWorkers: 1,
      // A change may keep a test waiting for ever
      testTimeout: 20_000,
      hookTimeout: 20_000,
      reporters: [{}],
      coverage: { enabled: false },
    },
    { plugins: [createFaultPlugin(() => edits)] },
  );
  const project = vitest.getRootProject();

  /** The tests of some files, those that cite one of the requirements alone where any are given. */
  const run = async (files, requirements) => {
    const paths = files.map(pathOf);
    if (requirements === undefined) vitest.resetGlobalTestNamePattern();
    else vitest.setGlobalTestNamePattern(citing(requirements));
    const { testModules } = await vitest.runTestSpecifications(
      paths.map((path) => project.createSpecification(path)),
    );
    // What failed in an earlier run is told again
    return testModules.filter(({ moduleId }) => paths.includes(moduleId)).flatMap(readModule);
  };
  return {
    run,
    async runWith(mutant) {
      const touched = editsOf(mutant).map(({ file }) => join(root, file));
      edits = editsOf(mutant);
      touched.forEach((file) => vitest.invalidateFile(file));
      try {
        return await run(mutant.tests, mutant.requirements);
      } finally {
        edits = [];
        touched.forEach((file) => vitest.invalidateFile(file));
      }
    },
    close: () => vitest.close(),
  };
}

function pathOf(test) {
  return join(root, `packages/core/test/${test}.test.ts`);
}

function citing(requirements) {
  return new RegExp(`\\[(?:${requirements.map((id) => id.replaceAll('.', '\\.')).join('|')})\\]`);
}

/** What came of the tests of one file; of the file itself, where it could not be loaded. */
function readModule(module) {
  const tests = [...module.children.allTests()]
    .map((test) => ({ title: test.fullName, ...test.result() }))
    .filter(({ state }) => state === 'passed' || state === 'failed');
  const errors = module.errors();
  return errors.length === 0
    ? tests
    : [{ title: module.relativeModuleId, state: 'failed', errors }, ...tests];
}

/** A test that fails because the program makes no sense any more has not found the mutant. */
function isFinding({ title, errors = [] }, requirements) {
  const isSensible = ({ name, message }) =>
    !/^(?:Type|Reference)Error$/.test(name) && !/^Test timed out/.test(message);
  return citing(requirements).test(title) && errors.length > 0 && errors.every(isSensible);
}

/** @returns {Promise<{ name: string, killedBy: string[], problem?: string }>} */
async function judge(runner, mutant) {
  const { name, requirements } = mutant;
  const tests = await runner.runWith(mutant);
  if (tests.length === 0) return { name, killedBy: [], problem: 'no test cites its requirements' };
  const failing = tests.filter(({ state }) => state === 'failed');
  if (failing.length === 0) return { name, killedBy: [], problem: `survives ${tests.length} tests` };
  const found = failing.filter((test) => isFinding(test, requirements));
  if (found.length === 0) {
    const [{ title, errors }] = failing;
    return { name, killedBy: [], problem: `breaks more than its rule: ${title}: ${errors?.[0]?.message}` };
  }
  return { name, killedBy: found.map(({ title }) => title) };
}

/** Without a mutant everything must pass, or a failing test would prove nothing. */
async function judgeSound(runner, files) {
  const tests = await runner.run(files);
  const failing = tests.filter(({ state }) => state === 'failed').map(({ title }) => title);
  const name = `no mutant: ${tests.length} tests`;
  const problem =
    failing.length > 0 ? `${failing.length} fail: ${failing.slice(0, 3).join('; ')}` : undefined;
  return { name, killedBy: [], problem: tests.length === 0 ? 'no tests' : problem };
}

function format({ name, killedBy, problem }) {
  if (problem !== undefined) return `  failed  ${name}: ${problem}`;
  if (killedBy.length === 0) return `  passed  ${name}`;
  const more = killedBy.length > 1 ? ` and ${killedBy.length - 1} more` : '';
  return `  passed  ${name}: killed by ${killedBy[0]}${more}`;
}

async function runAll(mutants) {
  const pending = [...mutants];
  const sound = [...new Set(mutants.flatMap(({ tests }) => tests))];
  const work = async (_, index) => {
    const runner = await createRunner();
    const results = [];
    const note = (result) => {
      results.push(result);
      console.log(format(result));
    };
    try {
      const own = sound.filter((_file, place) => place % workers === index);
      if (own.length > 0) note(await judgeSound(runner, own));
      for (let mutant = pending.shift(); mutant !== undefined; mutant = pending.shift())
        note(await judge(runner, mutant));
    } finally {
      await runner.close();
    }
    return results;
  };
  return (await Promise.all(Array.from({ length: workers }, work))).flat();
}

const [wanted = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const mutants = (await loadMutants()).filter(
  ({ name, file }) => name.includes(wanted) || file.includes(wanted),
);
const mistakes = findMistakes(mutants);
for (const mistake of mistakes) console.log(`  failed  ${mistake}`);
if (process.argv.includes('--check') || mistakes.length > 0) {
  console.log(`${mutants.length - mistakes.length} passed, ${mistakes.length} failed`);
  process.exitCode = mistakes.length > 0 || mutants.length === 0 ? 1 : 0;
} else {
  const results = await runAll(mutants);
  const failed = results.filter(({ problem }) => problem !== undefined).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || mutants.length === 0 ? 1 : 0;
}
