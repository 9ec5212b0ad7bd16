import { bootstrap } from './bootstrap.mjs';
import { tool } from './capture.mjs';
import { combine, passed } from './outcome.mjs';
import { runCommand, runCounting, runNodeTests, runTurbo, runVitest } from './stage-commands.mjs';

/**
 * A part of the tests. What it imports from the workspace's dependencies it imports when it runs: before the first stage
 * nothing is installed.
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} title
 * @property {string[]} needs stages without which this one cannot say anything
 * @property {(report: (detail: string) => void) => Promise<import('./outcome.mjs').Outcome>} run
 */

/** @type {Stage[]} */
export const stages = [
  {
    name: 'install',
    title: 'Dependencies as the lockfile says',
    needs: [],
    run: async () => {
      await bootstrap({ build: false });
      return passed();
    },
  },
  {
    name: 'hygiene',
    title: 'No address of a machine or registry, one lockfile, manifests and documents of one project',
    needs: [],
    run: async () => {
      const { checkHygiene } = await import('../checks/hygiene.mjs');
      const { checkProject } = await import('../checks/project.mjs');
      return combine([await checkHygiene(), await checkProject()]);
    },
  },
  {
    name: 'codegen',
    title: 'Generated code is what the sources generate',
    needs: ['install'],
    run: () =>
      runCommand('codegen --check', process.execPath, ['packages/schemas/codegen/main.mjs', '--check']),
  },
  {
    name: 'build',
    title: 'Build of all packages, apps and the documentation',
    needs: ['install'],
    run: () => runTurbo('build'),
  },
  {
    name: 'lint',
    title: 'eslint, prettier, and knip for what nothing uses',
    needs: ['build'],
    run: async () =>
      combine([
        await runCommand('eslint', tool('eslint'), ['.', '--max-warnings=0']),
        await runCommand('prettier', tool('prettier'), ['--check', '.']),
        await runCommand('knip', tool('knip'), ['--no-progress', '--no-config-hints']),
      ]),
  },
  {
    name: 'types',
    title: 'Types of all packages, tests, apps and examples',
    needs: ['build'],
    run: async () =>
      combine([await runTurbo('types'), await runCommand('tsc', tool('tsc'), ['--project', '.'])]),
  },
  {
    name: 'boundaries',
    title: 'Dependency rules',
    needs: ['build'],
    run: async () => (await import('../checks/boundaries.mjs')).checkBoundaries(),
  },
  {
    name: 'api',
    title: 'The public surface is the reviewed one',
    needs: ['build'],
    run: () => runCommand('The comparison with api/', process.execPath, ['scripts/checks/api-report.mjs']),
  },
  {
    name: 'checks',
    title: 'Whether the checks themselves find what they look for',
    needs: ['build'],
    run: runNodeTests,
  },
  {
    name: 'unit',
    title: 'Unit tests, conformance cases, the demonstration from end to end',
    needs: ['build'],
    run: runVitest,
  },
  {
    name: 'requirements',
    title:
      'Every requirement of the standards, every row of the contract and every defence is shown by a test',
    needs: ['install'],
    run: async () => {
      const { checkContract } = await import('../checks/contract.mjs');
      const { checkRequirements } = await import('../checks/requirements.mjs');
      const { checkThreatModel } = await import('../checks/threat-model.mjs');
      return combine([await checkRequirements(), await checkContract(), checkThreatModel()]);
    },
  },
  {
    name: 'faults',
    title: 'Faults put into the core, each caught by a conformance case',
    needs: ['build'],
    run: () => runCounting('scripts/faults.mjs'),
  },
  {
    name: 'schemas',
    title: 'The schemas from outside: deliberate faults, a tarball without zod, every runtime',
    needs: ['build'],
    run: async () =>
      combine([
        await runCounting('packages/schemas/test/faults/run.mjs'),
        await runCounting('packages/schemas/test/packed/run.mjs'),
        await runCounting('packages/schemas/test/runtimes/run.mjs'),
      ]),
  },
  {
    name: 'runtimes',
    title: 'The core on other runtimes: Node 22 and 24, Bun, Deno, workerd',
    needs: ['build'],
    run: () => runCounting('packages/core/test/runtimes/run.mjs'),
  },
  {
    name: 'packed',
    title: 'Tarballs installed with npm, run and compiled',
    needs: ['build'],
    run: async (report) => (await import('../checks/packed.mjs')).checkPacked(report),
  },
  {
    name: 'browser',
    title: 'The documentation in a browser: both themes, every language, search, the tools, accessibility',
    needs: ['build'],
    run: () => runCounting('docs/test/browser/run.mjs'),
  },
  {
    name: 'changeset',
    title: 'changeset version on a copy',
    needs: ['install'],
    run: async () => (await import('../checks/changeset.mjs')).checkChangeset(),
  },
  {
    name: 'docs',
    title: 'Links, snippets, tables and translations of the documentation, quotes of the READMEs',
    needs: ['build'],
    run: async () => {
      const { checkLinks } = await import('../checks/links.mjs');
      const { checkQuotes } = await import('../checks/quotes.mjs');
      const { checkSnippets } = await import('../checks/snippets.mjs');
      const { checkTranslations } = await import('../checks/translations.mjs');
      const tables = ['docs/scripts/option-tables.mjs', '--check'];
      const trace = ['docs/scripts/how-it-works.mjs', '--check'];
      return combine([
        await checkLinks(),
        await checkQuotes(),
        await checkSnippets(),
        await checkTranslations(),
        await runCounting('docs/test/get-started.test.mjs'),
        await runCounting('docs/test/finding-texts.test.mjs'),
        await runCommand('The tables of options are those of their descriptions', process.execPath, tables),
        await runCommand('The messages of a login are those of the demonstration', process.execPath, trace),
      ]);
    },
  },
];
