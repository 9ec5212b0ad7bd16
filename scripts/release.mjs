// npm run release -- --dry-run    builds, checks and packs, and tells what would be published and what is missing
// npm run release                 the same, then publishes, unless something is missing
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bootstrap, pnpmCommand, root } from './lib/bootstrap.mjs';
import { capture } from './lib/capture.mjs';
import { findMissing } from './lib/missing-for-release.mjs';
import { combine, formatCounts } from './lib/outcome.mjs';
import { project } from './lib/project.mjs';
import { listPublishedPackages } from './lib/published-packages.mjs';
import { runStep } from './lib/run.mjs';
import { reportFailure, StepError } from './lib/step-error.mjs';
import { inTempFolder } from './lib/temp-folder.mjs';

async function release(isDry) {
  await bootstrap({ build: false });
  // What these import is installed only now
  const { packAndLint } = await import('./checks/packed.mjs');
  const { checkProject } = await import('./checks/project.mjs');
  const { checkTranslations } = await import('./checks/translations.mjs');
  await inTempFolder(async (folder) => {
    console.log('Building, packing and checking; from a fresh clone this takes minutes.');
    const { tarballs, outcomes } = await packAndLint(folder, (detail) => console.log(`  ${detail}`));
    const outcome = combine([await checkProject(), await checkTranslations(), ...outcomes]);
    for (const line of outcome.failures) console.error(`FAILED ${line}`);

    console.log(`\n${isDry ? 'Would be published' : 'To be published'}:`);
    for (const { name, manifest } of listPublishedPackages()) {
      const file = tarballs.get(name);
      const { access, provenance } = manifest.publishConfig;
      const origin = provenance ? 'with provenance' : 'without provenance';
      console.log(
        `  ${name}@${manifest.version}  ${await describe(file)}, ${access}, ${origin} of ${project.repository}`,
      );
    }
    const missing = findMissing({
      published: project.published,
      changesets: readdirSync(join(root, '.changeset')).filter((file) => file.endsWith('.md')).length,
      changes: (await capture('git', ['status', '--porcelain'])).output,
      env: process.env,
    });
    if (missing.length > 0) console.log(`\nMissing:\n${missing.map((line) => `  ${line}`).join('\n')}`);
    for (const note of outcome.notes) console.log(`\nNote: ${note.split('\n')[0]}`);
    console.log(`\n${formatCounts(outcome)}`);
    if (outcome.failed > 0 || (!isDry && missing.length > 0)) process.exitCode = 1;
    else if (!isDry) await publish();
  });
}

async function describe(tarball) {
  const { output } = await capture('tar', ['-tzf', tarball]);
  const files = output.split('\n').filter((path) => path !== '' && !path.endsWith('/'));
  const built = files.filter((path) => path.startsWith('package/dist/')).length;
  const kilobytes = Math.ceil(statSync(tarball).size / 1000);
  return `${basename(tarball)}, ${kilobytes} kB, ${files.length} files, ${built} of them in dist`;
}

/** In the order of their dependencies; a version that is on npm already is left alone, so that this can be repeated. */
function publish() {
  const filters = listPublishedPackages().map(({ name }) => `--filter=${name}`);
  const args = [
    '--recursive',
    '--workspace-concurrency=1',
    ...filters,
    'publish',
    '--provenance',
    '--no-git-checks',
  ];
  return runStep({ title: 'Publishing', ...pnpmCommand(args), cwd: root });
}

const given = process.argv.slice(2);
try {
  if (given.length > 1 || !['--dry-run', undefined].includes(given[0]))
    throw new StepError('npm run release takes --dry-run behind --, and nothing else.');
  await release(given.length === 1);
} catch (error) {
  reportFailure(error);
}
