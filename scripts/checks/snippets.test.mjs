import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readServers, readSnippets, withoutStars } from './snippets.mjs';

test('a TypeScript block keeps its line, other blocks are left alone', () => {
  const [snippet, ...others] = readSnippets('# Title\n\n```sh\nnpm start\n```\n\n```ts\nconst a = 1;\n```\n');
  assert.deepEqual(others, []);
  assert.equal(snippet?.split('\n')[7], 'const a = 1;');
});

test('a server that a page quotes keeps its line', () => {
  const [server, ...others] = readServers(
    '# Title\n\n```js\nno server;\n```\n\n<!-- quote: docs/code/get-started/a.mjs -->\n\n```js\nconst a = 1;\n```\n',
  );
  assert.deepEqual(others, []);
  assert.equal(server?.split('\n')[9], 'const a = 1;');
});

test('an example of a doc comment keeps its line', () => {
  const source =
    'class A {\n  /**\n   * @example\n   * ```ts\n   * const a = 1;\n   * ```\n   */\n  b() {}\n}\n';
  const [snippet] = readSnippets(withoutStars(source));
  assert.equal(snippet?.split('\n')[4], 'const a = 1;');
});
