import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pnpmCommand, root, startedPackages } from './lib/bootstrap.mjs';
import { capture } from './lib/capture.mjs';
import { listProjectFiles } from './lib/project-files.mjs';

test('npm start builds each sample and package whose README says that it has', async () => {
  const readmes = (await listProjectFiles()).filter(
    (path) =>
      /^(?:apps|packages)\/[\w-]+\/README\.md$/.test(path) &&
      /`npm start` at the root of the repository has built it/.test(readFileSync(join(root, path), 'utf8')),
  );
  const filters = startedPackages.map((name) => `--filter=${name}...`);
  const { command, args } = pnpmCommand(['exec', 'turbo', 'run', 'build', ...filters, '--dry=json']);
  const { output } = await capture(command, args);
  const { tasks } = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));
  const built = new Set(tasks.map(({ directory }) => directory.replaceAll('\\', '/')));
  assert.ok(readmes.length >= 4);
  assert.deepEqual(
    readmes.map((path) => path.replace('/README.md', '')).filter((folder) => !built.has(folder)),
    [],
  );
  assert.ok(built.has('packages/mcp-auth'));
});
