// The built site in a browser. node docs/test/browser/run.mjs [part of a name]
import { existsSync } from 'node:fs';
import { launchBrowser } from './browser.mjs';
import { findingChecks } from './finding-checks.mjs';
import { pageChecks } from './page-checks.mjs';
import { readingChecks } from './reading-checks.mjs';
import { searchChecks } from './search-checks.mjs';
import { serveFolder } from './serve.mjs';
import { dist } from './site.mjs';
import { toolChecks } from './tool-checks.mjs';

/** Checks at a time: one for each core of a small machine. */
const workers = 2;

const checks = [...readingChecks, ...searchChecks, ...toolChecks, ...findingChecks, ...pageChecks].filter(
  ({ name }) => name.includes(process.argv[2] ?? ''),
);

let [passed, failed, skipped] = [0, 0, 0];
const browser = existsSync(dist) ? await launchBrowser() : undefined;
if (!existsSync(dist)) {
  failed = 1;
  console.log('FAILED the documentation is not built');
} else if (browser === undefined) {
  skipped = checks.length;
  for (const { name } of checks) console.log(`SKIPPED in a browser: ${name}: there is no Chromium`);
} else {
  const server = await serveFolder(dist);
  const waiting = [...checks];
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift())
      report(check, await attempt(check, server.origin));
  };
  await Promise.all(Array.from({ length: workers }, work));
  await browser.close();
  server.close();
}

async function attempt({ run }, origin) {
  try {
    return await run(browser, origin);
  } catch (error) {
    return [String(error.stack ?? error)];
  }
}

function report({ name }, problems) {
  if (problems.length === 0) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAILED ${name}`);
  for (const problem of new Set(problems)) console.log(`  FAILED   ${problem.slice(0, 1500)}`);
}

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || (skipped > 0 && process.env.CI_REQUIRE_ALL === '1') ? 1 : 0;
