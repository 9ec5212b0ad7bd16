import { join } from 'node:path';
import { listPublishedPackages } from '../lib/project.mjs';
import { createTempFolder } from '../lib/temp-folder.mjs';
import { coveringCells, matrixChecks } from './compile-matrix.mjs';
import { togetherChecks } from './packed/compile-together.mjs';
import { findPublishingProblems } from './packed/lint-tarball.mjs';
import { findLoadingProblems } from './packed/load-both-ways.mjs';
import { scenarios } from './packed/scenarios.mjs';
import { findPackingProblems, findPrepackProblems, packOnce } from './packed/tarballs.mjs';
import { scenarioChecks } from './packed/try-scenario.mjs';

/** What would be published, judged from outside: packed, installed with npm in empty folders, run and compiled. */
export async function* checks() {
  const folder = createTempFolder();
  const together = join(folder, 'together');
  yield* tarballChecks();
  for (const [index, scenario] of scenarios.entries())
    yield* scenarioChecks(scenario, join(folder, `scenario-${index}`));
  yield* togetherChecks(together, join(folder, 'alone'));
  yield* matrixChecks(together, coveringCells);
  for (const found of listPublishedPackages())
    yield [
      `Every entry of ${found.name} is the same with import and with require`,
      () => findLoadingProblems(together, found),
    ];
}

/** Every package packed as it would be published: contents, publint, attw. */
export async function* tarballChecks() {
  const folder = createTempFolder();
  for (const { name, manifest } of listPublishedPackages()) {
    const tarball = async () => (await packOnce()).get(name);
    yield [`${name} is built before it is packed`, () => findPrepackProblems(manifest)];
    yield [
      `${name} is packed with what it needs and nothing else`,
      async () => findPackingProblems(await tarball(), join(folder, name.replace('/', '-'))),
    ];
    yield [`publint and attw accept ${name}`, async () => findPublishingProblems(await tarball())];
  }
}
