// npm run check: what an editing round needs, from what was built and looked at before.
import { execFileSync } from 'node:child_process';
import { tool } from './lib/capture.mjs';
import { runBuild, runCommand, runVitest } from './lib/commands.mjs';
import { createOutcome } from './lib/outcome.mjs';
import { root } from './lib/project.mjs';
import { runStages, summarize } from './lib/run-stages.mjs';
import { stages } from './lib/stages.mjs';

/** `packages/x` and `apps/x` that hold a change; what depends on them, `npm test` runs. */
const changedFolders = new Set(
  execFileSync('git', ['status', '--porcelain', '--untracked-files=all'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => /(?:packages|apps)\/[^/]+\//.exec(line.slice(3)) ?? []),
);

async function runChangedTests() {
  if (changedFolders.size === 0) return createOutcome({ notes: ['nothing is changed in a package'] });
  return runVitest(['--changed', '--passWithNoTests', '--maxWorkers=2', ...changedFolders]);
}

const stage = (name) => stages.find((stage) => stage.name === name);

const results = await runStages(
  [
    stage('install'),
    stage('hygiene'),
    { ...stage('build'), title: 'Build of the packages', run: () => runBuild('--filter=./packages/*') },
    {
      ...stage('lint'),
      title: 'oxlint',
      run: () => runCommand('oxlint', tool('oxlint'), ['.']),
    },
    stage('types'),
    stage('boundaries'),
    {
      ...stage('unit'),
      title: 'Unit tests, in the changed packages, of what is not committed yet',
      run: runChangedTests,
    },
  ],
  { strict: false, lanes: 2, print: (line) => console.log(line) },
);
for (const line of summarize(results)) console.log(line);
if (results.some(({ outcome }) => outcome.failures.length > 0)) process.exitCode = 1;
