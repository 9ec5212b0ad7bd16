import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { combine, failed, judge } from '../lib/outcome.mjs';
import { listPublishedPackages } from '../lib/published-packages.mjs';
import { inTempFolder } from '../lib/temp-folder.mjs';
import { compileMatrix, coveringCells } from './compile-matrix.mjs';
import { compileOldNameAlone, compileTogether, installTogether } from './packed/compile-together.mjs';
import { findPublishingProblems } from './packed/lint-tarball.mjs';
import { findLoadingProblems } from './packed/load-both-ways.mjs';
import { scenarios } from './packed/scenarios.mjs';
import { findPackingProblems, findPrepackProblems, packAll } from './packed/tarballs.mjs';
import { tryScenario } from './packed/try-scenario.mjs';

/** What would be published, judged from outside: packed, installed with npm in empty folders, run and compiled. */
export async function checkPacked(report = () => {}) {
  return inTempFolder(async (folder) => {
    const { tarballs, outcomes } = await packAndLint(folder, report);
    for (const [index, scenario] of scenarios.entries()) {
      report(scenario.title);
      const run = () => tryScenario(scenario, join(folder, `scenario-${index}`), tarballs);
      outcomes.push(await survive(scenario.title, run));
    }
    report('compiling with the official SDK, versions 1 and 2');
    const together = join(folder, 'together');
    outcomes.push(
      await survive('Together', async () => {
        await installTogether(together, tarballs);
        const compiled = [
          await compileTogether(together),
          await compileMatrix(together, coveringCells, report),
        ];
        const loading = await Promise.all(
          listPublishedPackages().map(async (found) =>
            judge(
              `Every entry of ${found.name} is the same with import and with require`,
              await findLoadingProblems(together, found),
            ),
          ),
        );
        return combine([...compiled, ...loading]);
      }),
    );
    report('compiling the old name without the official SDK');
    outcomes.push(await survive('Alone', () => compileOldNameAlone(join(folder, 'alone'), tarballs)));
    return combine(outcomes);
  });
}

/**
 * Packs every package as it would be published, and judges the tarballs: contents, publint, attw.
 *
 * @param {string} folder an empty one; the tarballs stay in its folder `tarballs`
 */
export async function packAndLint(folder, report = () => {}) {
  const tarballFolder = join(folder, 'tarballs');
  mkdirSync(tarballFolder);
  const outcomes = listPublishedPackages().map(({ name, manifest }) =>
    judge(`${name} is built before it is packed`, findPrepackProblems(manifest)),
  );
  const tarballs = await packAll(tarballFolder);
  for (const [index, [name, tarball]] of [...tarballs].entries()) {
    report(`${name}: contents, publint, attw`);
    const contents = await findPackingProblems(tarball, join(folder, `unpacked-${index}`));
    outcomes.push(judge(`${name} is packed with what it needs and nothing else`, contents));
    outcomes.push(judge(`publint and attw accept ${name}`, await findPublishingProblems(tarball)));
  }
  return { tarballs, outcomes };
}

/** One that cannot even be tried does not keep the others from being tried. */
async function survive(title, run) {
  try {
    return await run();
  } catch (error) {
    return failed(`${title}\n  ${error.stack ?? error}`);
  }
}
