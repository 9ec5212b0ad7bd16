import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  findForeignAddresses,
  findInstallProblems,
  findManifestProblems,
  findVersionProblems,
} from './project.mjs';

const repository = 'https://github.com/mcp-auth/mcp-auth';
const project = { repository, author: 'Somebody', published: false };

test('found: a manifest without its address, or with that of another package', () => {
  const problems = findManifestProblems(
    {
      folder: 'packages/a',
      manifest: {
        author: 'Somebody',
        bugs: { url: `${repository}/issues` },
        repository: { type: 'git', url: `git+${repository}.git`, directory: 'packages/b' },
        publishConfig: { access: 'public' },
      },
    },
    project,
  );
  assert.deepEqual(
    problems.map((problem) => /"(\w+)"/.exec(problem)[1]),
    ['homepage', 'repository', 'publishConfig'],
  );
});

test('found: packages with different versions', () => {
  assert.deepEqual(findVersionProblems([{ manifest: { version: '1' } }, { manifest: { version: '1' } }]), []);
  assert.equal(
    findVersionProblems([{ manifest: { version: '1' } }, { manifest: { version: '2' } }]).length,
    1,
  );
});

test('found: another address of the project', () => {
  const find = (text) => findForeignAddresses('a.md', text, project);
  assert.deepEqual(find(`${repository}/issues git+${repository}.git github.com/mcp-auth/mcp-auth.`), []);
  assert.deepEqual(find('https://github.com/mcp-auth/js/issues'), [
    `a.md names https://github.com/mcp-auth/js, not ${repository}`,
  ]);
});

test('found: a package to be installed from npm before it is there, and a notice that stayed', () => {
  const published = { ...project, published: true };
  for (const command of [
    'npm install @mcp-auth/hono hono',
    'npm install x mcp-auth@latest',
    'npm create @mcp-auth',
  ]) {
    assert.equal(findInstallProblems('a.md', `\n${command}\n`, project).length, 1, command);
    assert.deepEqual(findInstallProblems('a.md', `It is not published\nyet.\n${command}\n`, project), []);
    assert.equal(findInstallProblems('a.md', `It is not published yet.\n${command}\n`, published).length, 1);
    assert.deepEqual(findInstallProblems('a.md', `\n${command}\n`, published), []);
  }
  assert.deepEqual(findInstallProblems('a.md', 'npm install hono', project), []);
});
