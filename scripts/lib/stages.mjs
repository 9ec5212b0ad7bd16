import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { tool } from './capture.mjs';
import { runBuild, runCommand, runNodeTests, runVitest } from './commands.mjs';
import { combine, createOutcome, runChecks } from './outcome.mjs';
import { listProjectFiles, root } from './project.mjs';
import { StepError } from './run-step.mjs';

/** The checks of some files in `scripts/checks`; what these import is installed only when the first stage is through. */
const checks =
  (...names) =>
  async () => {
    const outcomes = [];
    for (const name of names) {
      const module = await import(`../checks/${name}.mjs`);
      outcomes.push(await runChecks(module.checks));
    }
    return combine(outcomes);
  };

const nodeTests =
  (...files) =>
  () =>
    runNodeTests(files);

/** For all that asks for tarballs afterwards, in this process or in one that it starts. */
async function pack() {
  await (await import('../checks/packed/tarballs.mjs')).packOnce();
  return createOutcome();
}

/** Links are looked up in the pages as built, and by name the stages before are not run. */
function requireBuiltSite() {
  if (existsSync(join(root, 'docs/.vitepress/dist/index.html'))) return createOutcome();
  throw new StepError('the documentation is not built. Run: npm test -- build site docs');
}

/** One after the other. */
const all =
  (...runs) =>
  async () => {
    const outcomes = [];
    for (const run of runs) outcomes.push(await run());
    return combine(outcomes);
  };

/** @type {import('./run-stages.mjs').Stage[]} */
export const stages = [
  {
    name: 'install',
    title: 'Dependencies as the lockfile says',
    needs: [],
    run: async () => {
      await bootstrap();
      return createOutcome({ passed: 1 });
    },
  },
  {
    name: 'hygiene',
    title: 'No address of a machine or registry, one lockfile, manifests and documents of one project',
    needs: [],
    run: checks('hygiene', 'project'),
  },
  {
    name: 'build',
    title: 'Build of all packages and apps, and the tarballs',
    needs: ['install'],
    // Packed here, where nothing reads what a package builds once more before it is packed
    run: all(() => runBuild('--filter=!@mcp-auth/docs'), pack),
  },
  {
    name: 'format',
    title: 'oxfmt changes nothing',
    needs: ['install'],
    run: () => runCommand('oxfmt --check', tool('oxfmt'), ['--check', '.']),
  },
  {
    name: 'codegen',
    title: 'Generated code is what the sources generate',
    needs: ['install'],
    run: () =>
      runCommand('codegen --check', process.execPath, ['packages/schemas/codegen/main.mjs', '--check']),
  },
  {
    name: 'changeset',
    title: 'changeset version on a copy',
    needs: ['install'],
    run: checks('changeset'),
  },
  {
    name: 'requirements',
    title:
      'Every requirement of the standards, row of the contract and of assurance lists, and every defence is shown by a test; what is cited exists',
    needs: ['install'],
    run: checks('requirements', 'contract', 'threat-model', 'assurance', 'standards'),
  },
  {
    name: 'lint',
    title: 'oxlint with typed rules, eslint for regular expressions, and knip for what nothing uses',
    needs: ['build'],
    run: all(
      () => runCommand('oxlint', tool('oxlint'), ['.']),
      () => runCommand('eslint', tool('eslint'), ['packages', '--max-warnings=0']),
      () => runCommand('knip', tool('knip'), ['--no-progress', '--no-config-hints']),
    ),
  },
  {
    name: 'site',
    title: 'Build of the documentation',
    needs: ['build'],
    run: () => runBuild('--filter=@mcp-auth/docs', '--only'),
  },
  {
    name: 'unit',
    title: 'Unit tests, conformance cases, the demonstration from end to end',
    needs: ['build'],
    run: () => runVitest(),
  },
  {
    name: 'clients',
    title: 'Clients of others at the samples: the official ones, Python, FastMCP, mcp-remote, the AI SDK',
    needs: ['build'],
    run: () => runVitest(['--config', 'apps/interop/vitest.config.ts', '--mode', 'selection', 'clients/']),
  },
  {
    name: 'browser',
    title:
      'The documentation in a browser: both themes, every language, search, the tools, accessibility; the pages of the practice issuer',
    needs: ['site'],
    run: nodeTests('docs/test/browser/run.mjs', 'docs/test/browser/practice-issuer.mjs'),
  },
  {
    name: 'packed',
    title: 'Tarballs installed with npm, run and compiled; servers that npm create makes of them',
    needs: ['build'],
    run: all(
      checks('packed'),
      nodeTests(
        'packages/cli/test/packed/command.mjs',
        'packages/create-mcp-auth/test/packed/command.mjs',
        'packages/create-mcp-auth/test/packed/selection.mjs',
      ),
    ),
  },
  {
    name: 'faults',
    title: 'Faults put into the core and the schemas, each caught by a test',
    needs: ['build'],
    run: nodeTests('scripts/faults-covering.mjs'),
  },
  {
    name: 'types',
    title: 'Types of all packages, tests, apps and examples',
    needs: ['build'],
    run: checks('types'),
  },
  {
    name: 'docs',
    title: 'Links, snippets, tables and translations of the documentation, quotes of the READMEs',
    needs: ['site'],
    run: all(
      requireBuiltSite,
      checks(
        'links',
        'plain-markdown',
        'quotes',
        'snippets',
        'assistants',
        'translations',
        'error-codes',
        'not-tried',
      ),
      checks(
        '../../docs/scripts/doctor-findings',
        '../../docs/scripts/method-table',
        '../../docs/scripts/option-tables',
        '../../docs/scripts/how-it-works',
        '../../docs/scripts/home-facts',
        '../../docs/scripts/demonstration-picture',
        '../../docs/scripts/error-lines',
      ),
      pack,
      nodeTests(
        'docs/test/get-started.mjs',
        'docs/test/finding-texts.mjs',
        'docs/test/log-lines.mjs',
        'docs/test/skills.mjs',
        'docs/test/search.mjs',
        'docs/test/versions.mjs',
        'docs/test/configuration-builder.mjs',
      ),
    ),
  },
  {
    name: 'runtimes',
    title:
      'The core and the schemas on Node, Bun, Deno, workerd; the adapter for Next.js on workerd; the schemas in Chromium and without zod',
    needs: ['build'],
    run: all(
      pack,
      nodeTests(
        'packages/core/test/runtimes/run.mjs',
        'packages/core/test/runtimes/signatures.mjs',
        'packages/core/test/runtimes/hosts.mjs',
        'packages/core/test/runtimes/recipe-worker.mjs',
        'packages/next/test/runtimes/workerd.mjs',
        'packages/schemas/test/runtimes/run.mjs',
        'packages/schemas/test/packed/run.mjs',
      ),
    ),
  },
  {
    name: 'boundaries',
    title: 'Dependency rules',
    needs: ['build'],
    run: checks('boundaries'),
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
    run: () => runNodeTests(listProjectFiles(/^(scripts|benchmarks)\/.*\.test\.mjs$/)),
  },
];
