// The Get started page, done as it says by somebody who has nothing but the page: node --test docs/test/get-started.mjs
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTempFolder } from '../../scripts/lib/temp-folder.mjs';
import { dist } from './browser/site.mjs';
import { followPage } from './get-started/follow-page.mjs';
import { readBlocks } from './get-started/read-page.mjs';

const folder = createTempFolder();
const blocks = readBlocks(readFileSync(join(dist, 'get-started.html'), 'utf8'));

for (const label of ['Express', 'Hono', 'Fastify', 'fetch']) {
  test(`Get started with ${label}`, async () => {
    assert.deepEqual(await followPage(blocks, label, join(folder, label)), []);
  });
}
