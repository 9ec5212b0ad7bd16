// npm run release -- --dry-run    builds, checks and packs, and tells what would be published and what is missing
// npm run release                 the same, then publishes, unless something is missing
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap, pnpmCommand } from './lib/bootstrap.mjs';
import { capture } from './lib/capture.mjs';
import { findMissing } from './lib/missing-for-release.mjs';
import { combine, formatCounts, runChecks } from './lib/outcome.mjs';
import { listPublishedPackages, project, root } from './lib/project.mjs';
import { reportFailure, runStep } from './lib/run-step.mjs';

async function release(isDry) {
  await bootstrap();
  // What these import is installed only now
  const { tarballChecks } = await import('./checks/packed.mjs');
  const { packOnce } = await import('./checks/packed/tarballs.mjs');
  const { checks: ofProject } = await import('./checks/project.mjs');
  const { checks: ofTranslations } = await import('./checks/translations.mjs');
  console.log('Building, packing and checking; from a fresh clone this takes minutes.');
  const outcomes = [];
  for (const checks of [ofProject, ofTranslations, tarballChecks]) outcomes.push(await runChecks(checks));
  const outcome = combine(outcomes);
  for (const line of outcome.failures) console.error(`FAILED ${line}`);

  console.log(`\n${isDry ? 'Would be published' : 'To be published'}:`);
  const tarballs = await packOnce();
  for (const { name, manifest } of listPublishedPackages()) {
    const { access, provenance } = manifest.publishConfig;
    const origin = provenance ? 'with provenance' : 'without provenance';
    const contents = await describe(tarballs.get(name));
    console.log(`  ${name}@${manifest.version}  ${contents}, ${access}, ${origin} of ${project.repository}`);
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
  if (outcome.failures.length > 0 || (!isDry && missing.length > 0)) process.exitCode = 1;
  else if (!isDry) await publish();
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
  return runStep({ title: 'Publishing', ...pnpmCommand(args) });
}

try {
  // Throws for anything but --dry-run
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
  await release(values['dry-run']);
} catch (error) {
  reportFailure(error);
}
