import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSnippets } from './snippets.mjs';

test('a TypeScript block keeps its line, other blocks are left alone', () => {
  const [snippet, ...others] = readSnippets('# Title\n\n```sh\nnpm start\n```\n\n```ts\nconst a = 1;\n```\n');
  assert.deepEqual(others, []);
  assert.equal(snippet?.split('\n')[7], 'const a = 1;');
});
