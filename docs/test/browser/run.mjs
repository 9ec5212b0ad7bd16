// The built site in a browser. node --test [--test-name-pattern='…'] docs/test/browser/run.mjs
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { launchBrowser, openPage } from './browser.mjs';
import { findingChecks } from './finding-checks.mjs';
import { hostileChecks } from './hostile-checks.mjs';
import { journeyChecks } from './journey-checks.mjs';
import { lengthChecks } from './length-checks.mjs';
import { pageChecks } from './page-checks.mjs';
import { readingChecks } from './reading-checks.mjs';
import { searchChecks } from './search-checks.mjs';
import { serveFolder } from './serve.mjs';
import { dist } from './site.mjs';
import { toolChecks } from './tool-checks.mjs';
import { typeChecks } from './type-checks.mjs';
import { versionChecks } from './version-checks.mjs';

assert.ok(existsSync(dist), 'the documentation is not built');
const [browser, server] = [await launchBrowser(), await serveFolder(dist)];
const skip = browser === undefined && 'there is no Chromium';

after(async () => {
  await browser?.close();
  server.close();
});

/**
 * What is tried in a page of its own. It adds to `problems` what it finds, beside what the page itself reports, or gives other ones.
 *
 * @typedef {{ name: string, options?: object, run: (opened: Awaited<ReturnType<typeof openPage>>) => Promise<string[] | void> }} Check
 */

// At a time: one for each core of a small machine
describe('the documentation in a browser', { concurrency: 2 }, () => {
  for (const { name, options, run } of [
    ...readingChecks,
    ...searchChecks,
    ...toolChecks,
    ...hostileChecks,
    ...typeChecks,
    ...journeyChecks,
    ...findingChecks,
    ...lengthChecks,
    ...pageChecks,
    ...versionChecks,
  ]) {
    test(name, { skip }, async () => {
      const opened = await openPage(browser, server.origin, options);
      const given = await run(opened).finally(opened.close);
      assert.equal([...new Set(given ?? opened.problems)].join('\n'), '');
    });
  }
});
