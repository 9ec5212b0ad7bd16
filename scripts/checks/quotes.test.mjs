import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readQuotedCode, refreshQuotes } from './quotes.mjs';

const document = 'Before\n\n<!-- quote: a.ts -->\n\n```ts\nold();\n```\n\n<!-- /quote -->\n\nAfter\n';

test('a quote follows its file, and nothing else changes', () => {
  const fresh = refreshQuotes(document, (path) => `from(${JSON.stringify(path)});\n`);
  assert.equal(fresh, document.replace('old();', 'from("a.ts");'));
  assert.equal(
    refreshQuotes(fresh, () => 'from("a.ts");\n'),
    fresh,
  );
});

test('quoted code is found to be run', () => {
  assert.equal(readQuotedCode(document), 'old();');
  assert.equal(readQuotedCode('```ts\nnot quoted\n```'), undefined);
});

test('a quote of one declaration has its doc comment and nothing else', () => {
  const source =
    'import x from "x";\n\n/** What it is. */\nexport interface Wanted {\n  a: x;\n}\n\nconst other = 1;\n';
  const fresh = refreshQuotes(document.replace('a.ts', 'a.ts#Wanted'), () => source);
  assert.equal(readQuotedCode(fresh), '/** What it is. */\nexport interface Wanted {\n  a: x;\n}');
  assert.throws(
    () => refreshQuotes(document.replace('a.ts', 'a.ts#Missing'), () => source),
    /declares no Missing/,
  );
});

test('a quote whose file is gone is an error, but in a translation it waits for its page', () => {
  const gone = () => {
    throw new Error('no such file');
  };
  assert.throws(() => refreshQuotes(document, gone), /no such file/);
  assert.equal(refreshQuotes(document, gone, { keepLost: true }), document);
});

test('code with a fence in it has a longer one around it, and is named as code hosts name it', () => {
  const fresh = refreshQuotes(document.replace('a.ts', 'a.mjs'), () => '/** ```js\n * a();\n * ``` */\n');
  assert.match(fresh, /\n````js\n[\s\S]*\n````\n/);
  assert.equal(readQuotedCode(fresh), '/** ```js\n * a();\n * ``` */');
});
