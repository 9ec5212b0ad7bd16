import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inferTypes } from '../../docs/scripts/sample-types/infer-types.mjs';
import { readSamples } from '../../docs/scripts/sample-types/read-samples.mjs';
import { firstSentence, shortenSignature } from '../../docs/scripts/sample-types/shorten.mjs';

const folder = 'apps/examples/src';

test('the blocks of a page that can have types are found, with the place of their first line', () => {
  const quote =
    '<!-- quote: apps/examples/test/a/b.ts -->\n\n```ts\nimport "./c.js";\n```\n\n<!-- /quote -->';
  const page = `# Title\n\n\`\`\`sh\nnpm start\n\`\`\`\n\n\`\`\`ts\nconst a = 1;\n\`\`\`\n\n${quote}\n\n\`\`\`js\nlet b;\n\`\`\`\n`;
  const found = readSamples('docs/a.md', page).map(({ line, folder, language }) => [line, folder, language]);
  assert.deepEqual(found, [
    [7, folder, 'ts'],
    [13, 'apps/examples/test/a', 'ts'],
    [19, folder, 'js'],
  ]);
  assert.equal(page.split('\n')[7], 'const a = 1;');
});

test('a sample that does not compile is named with its place on the page; another tells what its names are', () => {
  const sampleOf = (code) => ({ page: 'docs/a.md', line: 6, folder, language: 'ts', code });
  const good = sampleOf('/** Counts. It does. */\nconst one: number = 1;\nexport const two = one;\n');
  const wrong = sampleOf('const a = 1;\nconst b: string = a;\n');
  assert.throws(() => inferTypes([good, wrong]), /^Error: .*\ndocs\/a\.md:8:7 .*not assignable.*$/);
  const [{ texts, names }] = inferTypes([good]);
  assert.deepEqual(texts, [
    ['const one: number', 'Counts.'],
    ['const two: number', ''],
  ]);
  assert.deepEqual(
    names.map(([start, length, text]) => [good.code.slice(start, start + length), text]),
    [
      ['one', 0],
      ['two', 1],
      ['one', 0],
    ],
  );
});

test('a signature is on few lines: without its import, without long arguments of types', () => {
  const shortened = {
    '(alias) class MCPAuth\nimport MCPAuth': 'class MCPAuth',
    'const app: Hono<BlankEnv, BlankSchema, "/">': 'const app: Hono<…>',
    '(method) A<string>.b(c: (d: "<") => Promise<void>): { e: 1 }':
      '(method) A<string>.b(c: (d: "<") => Promise<void>): { e: 1 }',
    'const a: {\n    ...;\n}': 'const a: { … }',
    'function f<Server extends Http2SecureServer>(opts: <...>): void': 'function f<…>(opts: <…>): void',
  };
  for (const [whole, short] of Object.entries(shortened)) assert.equal(shortenSignature(whole), short);
  assert.match(shortenSignature(`const a: ${'b | '.repeat(200)}c`), /^const a: b.{200,270}…$/);
});

test('of a doc comment the first sentence is told', () => {
  const told = {
    'Mount it at the root (e.g. `/`), as RFC 9728 §3.1 says. Then more.':
      'Mount it at the root (e.g. `/`), as RFC 9728 §3.1 says.',
    'On two\nlines, without an end\n\nSecond paragraph.': 'On two lines, without an end',
    'See [the page](https://example.com/) for **more**.': 'See the page for more.',
    '': '',
  };
  for (const [whole, first] of Object.entries(told)) assert.equal(firstSentence(whole), first);
});
