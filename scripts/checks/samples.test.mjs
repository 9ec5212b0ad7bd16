import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listProjectFiles, readProjectFile } from '../lib/project.mjs';
import { findIncompleteTarballs, findSilentListens } from './samples.mjs';

const samples = listProjectFiles(/\.md$|^(?:apps|docs|packages)\/(?!.*\/test\/).*\.(?:ts|mjs)$/);
const documents = listProjectFiles(/\.md$/);

function needs(name) {
  const { dependencies = {} } = JSON.parse(readProjectFile(`packages/${name}/package.json`));
  return Object.keys(dependencies)
    .filter((each) => each.startsWith('@mcp-auth/'))
    .map((each) => each.slice('@mcp-auth/'.length));
}

test('a callback that would hide a port that is taken is found', () => {
  const start = `import express from 'express';\nconst app = express();\n`;
  const silent = `${start}app.listen(Number(PORT), '127.0.0.1', () => console.log('on'));\n`;
  const found = ['a.ts: the callback of app.listen takes no error'];
  assert.deepEqual(findSilentListens('a.ts', silent), found);
  assert.equal(findSilentListens('a.md', `\`\`\`ts\n${silent}\`\`\`\n`).length, 1);
  const sound = [
    `${start}app.listen(3000, '127.0.0.1');\n`,
    `${start}app.listen(3000, (error) => {\n  if (error) throw error;\n});\n`,
    `${start}createServer(app).listen(3000, () => console.log('on'));\n`,
    silent.replace(`import express from 'express';`, ''),
  ];
  for (const code of sound) assert.deepEqual(findSilentListens('a.ts', code), []);
});

test('no sample hides that its port is taken', () => {
  assert.deepEqual(
    samples.flatMap((path) => findSilentListens(path, readProjectFile(path))),
    [],
  );
});

test('a tarball that another needs and nobody names is found', () => {
  const text = 'npm install ../mcp-auth-{express,dev-issuer}-*.tgz express';
  const byName = (name) => (name === 'express' ? ['core'] : []);
  assert.deepEqual(findIncompleteTarballs('a.md', text, byName), [
    'a.md: mcp-auth-{express,dev-issuer}- lacks core',
  ]);
  assert.deepEqual(findIncompleteTarballs('a.md', text.replace('express,', 'express,core,'), byName), []);
});

test('commands name all tarballs that the packages need', () => {
  assert.deepEqual(
    documents.flatMap((path) => findIncompleteTarballs(path, readProjectFile(path), needs)),
    [],
  );
  assert.match(readProjectFile('docs/get-started.md'), /mcp-auth-\{express,core,schemas,dev-issuer\}-/);
});
