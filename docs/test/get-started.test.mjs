// The Get started page, done as it says by somebody who has nothing but the page: node docs/test/get-started.test.mjs
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packAll } from '../../scripts/checks/packed/tarballs.mjs';
import { inTempFolder } from '../../scripts/lib/temp-folder.mjs';
import { dist } from './browser/site.mjs';
import { followPage } from './get-started/follow-page.mjs';
import { readBlocks } from './get-started/read-page.mjs';

const frameworks = ['Express', 'Hono', 'Fastify', 'fetch'];

let [passed, failed] = [0, 0];
await inTempFolder(async (folder) => {
  const blocks = readBlocks(readFileSync(join(dist, 'get-started.html'), 'utf8'));
  const tarballFolder = join(folder, 'tarballs');
  mkdirSync(tarballFolder);
  const tarballs = await packAll(tarballFolder);
  for (const label of frameworks) {
    const problems = await followPage(blocks, label, join(folder, label), tarballs).catch((error) => [
      String(error.stack ?? error),
    ]);
    if (problems.length === 0) passed++;
    else failed++;
    for (const problem of problems) console.log(`FAILED Get started with ${label}: ${problem}`);
  }
});
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
