import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pnpmCommand, startedPackages } from './lib/bootstrap.mjs';
import { capture } from './lib/capture.mjs';
import { listProjectFiles, readProjectFile } from './lib/project.mjs';

test('npm start builds each sample and package whose README says that it has', async () => {
  const readmes = listProjectFiles(/^(?:apps|packages)\/[\w-]+\/README\.md$/).filter((path) =>
    readProjectFile(path).includes('`npm start` at the root of the repository has built it'),
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
