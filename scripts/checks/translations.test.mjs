import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { findTranslationProblems, listOriginals } from './translations.mjs';
import { hashOf, readHeadings, readSource, slugify, writeSource } from './translations/page.mjs';

const english = `---
description: About pages
---

# Page

See [the other](./other.md#part).

## First part

\`\`\`ts [Express]
const a = 1;
\`\`\`

## Second, with \`code\` {#second}

\`\`\`text
a drawing
\`\`\`
`;

const korean = english
  .replace('# Page', '# 페이지')
  .replace('the other', '다른 페이지')
  .replace('## First part', '## 첫째 {#first-part}')
  .replace('Second, with', '둘째,')
  .replace('a drawing', '그림');

const problemsOf = (translation, original = english) =>
  findTranslationProblems(
    'ko',
    ['page.md'],
    (page) => ({ 'page.md': original, 'ko/page.md': translation })[page],
  );

const stamped = writeSource(korean, hashOf(english));

test('a faithful translation has no problems', () => {
  assert.deepEqual(problemsOf(stamped), []);
});

test('a missing page is named', () => {
  assert.deepEqual(problemsOf(undefined), ['ko/page.md is missing']);
});

test('a page without a mark, or with an old one, is stale', () => {
  assert.match(problemsOf(korean)[0], /^ko\/page\.md is stale: made from an unnamed page/);
  assert.match(problemsOf(writeSource(korean, '000000000000'))[0], /is stale: made from 000000000000/);
});

test('a changed English sentence, description or drawing makes the translation stale; changed code is named as such', () => {
  for (const [from, to] of [
    ['See ', 'Look at '],
    ['About pages', 'On pages'],
    ['a drawing', 'another drawing'],
  ]) {
    assert.match(problemsOf(stamped, english.replace(from, to))[0], /is stale/);
  }
  assert.deepEqual(problemsOf(stamped, english.replace('a = 1', 'a = 2')), [
    'ko/page.md differs in its block of code 1: ```ts [Express]',
  ]);
});

test('code, anchors and links must be those of the English page', () => {
  for (const [from, to, problem] of [
    ['const a = 1;', '// 값\nconst a = 1;', 'differs in its block of code 1: ```ts [Express]'],
    [' {#first-part}', '', 'has "첫째" without the id {#first-part}'],
    ['## 첫째', '### 첫째', 'has "첫째" on level 3, not 2'],
    ['./other.md#part', './other.md', 'lacks a link to ./other.md#part'],
  ]) {
    assert.equal(problemsOf(stamped.replace(from, to))[0], `ko/page.md ${problem}`);
  }
});

test('a drawing is taken in in the language of the page, where there is one', () => {
  const taking = (file) => (text) =>
    text.replace('## First part', `<!--@include: @/generated/${file}-->\n\n## First part`);
  const original = taking('drawing.html')(english);
  const problems = (file, ...drawn) => {
    const translation = writeSource(
      taking(file)(english).replace('## First part', '## First part {#first-part}'),
      hashOf(original),
    );
    const pages = { 'page.md': original, 'ko/page.md': translation };
    for (const name of drawn) pages[`generated/${name}`] = '<svg></svg>';
    return findTranslationProblems('ko', ['page.md'], (page) => pages[page]);
  };

  assert.deepEqual(problems('drawing.html', 'drawing.ko.html'), [
    'ko/page.md takes in generated/drawing.html, not generated/drawing.ko.html',
  ]);
  assert.deepEqual(problems('drawing.ko.html', 'drawing.ko.html'), []);
  assert.deepEqual(problems('drawing.html'), []);
});

test('a stamp keeps the rest of the front matter and replaces an older stamp', () => {
  const twice = writeSource(writeSource(korean, 'aaaaaaaaaaaa'), 'bbbbbbbbbbbb');
  assert.equal(readSource(twice), 'bbbbbbbbbbbb');
  assert.equal(twice.match(/^source:/gm).length, 1);
  assert.match(twice, /^---\ndescription: About pages\nsource: 'bbbbbbbbbbbb'\n---\n\n# 페이지/);
  assert.match(writeSource('# 페이지\n', 'cccccccccccc'), /^---\nsource: 'cccccccccccc'\n---\n\n# 페이지\n$/);
});

test('a current page is not called stale because its hash reads as a number', () => {
  const { data } = /^---\n(?<data>[^]*?)\n---/.exec(writeSource('# 페이지\n', '1e6960918711')).groups;
  assert.deepEqual(parse(data), { source: '1e6960918711' });
});

test('generated pages, records and translations are no originals', () => {
  const files = [
    'index.md',
    'guide/a.md',
    'ko/guide/a.md',
    'decisions/1.md',
    'reference/metadata/a.md',
    'performance.md',
  ];
  assert.deepEqual(listOriginals([...files.map((file) => `docs/${file}`), 'README.md']), [
    'index.md',
    'guide/a.md',
  ]);
});

test('anchors are those that the site makes', () => {
  assert.equal(slugify('What happened?'), 'what-happened');
  assert.equal(slugify('1. Install `x_y`'), '_1-install-x-y');
  assert.deepEqual(
    readHeadings('## Same\n\n## Same\n').map(({ id }) => id),
    ['same', 'same-1'],
  );
});
