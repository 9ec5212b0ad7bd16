import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import {
  findLooseParticles,
  findReplacedTerms,
  judgeTranslations,
  listOriginals,
  noteStale,
} from './translations.mjs';
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

const judge = (translation, original = english) =>
  judgeTranslations('ko', ['page.md'], (page) => ({ 'page.md': original, 'ko/page.md': translation })[page]);
const problemsOf = (...pages) => judge(...pages).problems;

const stamped = writeSource(korean, hashOf(english));

test('a missing page is a problem, not a stale one', () => {
  assert.deepEqual(judge(undefined), { problems: ['ko/page.md is missing'], stale: [], rows: [] });
});

test('a page that does not say what it was made from is a problem', () => {
  assert.deepEqual(problemsOf(korean), ['ko/page.md does not say what it was made from: stamp it']);
  assert.deepEqual(problemsOf(writeSource(korean, 'today')), ['ko/page.md has a stamp that is none: today']);
});

test('a page without the form of a translation is a problem, however stale', () => {
  const old = writeSource(korean, '000000000000');
  for (const [from, to, problem] of [
    ['# 페이지\n', '\n', 'has no title'],
    [' {#first-part}', '', 'has "첫째" without an id'],
    ['const a = 1;\n```', 'const a = 1;', 'has a block of code without an end'],
    ['그림\n```', '그림', 'has a block of code without an end'],
  ]) {
    assert.deepEqual(problemsOf(old.replace(from, to)), [`ko/page.md ${problem}`]);
  }
});

test('a faithful translation has no problems and is not stale', () => {
  assert.deepEqual(judge(stamped), { problems: [], stale: [], rows: [] });
});

test('a change of the English page breaks no translation: it is stale, and nothing more', () => {
  for (const [from, to] of [
    ['See ', 'Look at '],
    ['About pages', 'On pages'],
    ['a drawing', 'another drawing'],
    ['## First part', '## Part one'],
    ['./other.md#part', './other.md'],
    ['a = 1', 'a = 2'],
    ['```text', '```ts\nconst more = 1;\n```\n\n```text'],
  ]) {
    const { problems, stale } = judge(stamped, english.replace(from, to));
    assert.deepEqual([problems, stale.length], [[], 1], to);
    assert.match(stale[0], /^ko\/page\.md is stale: /);
  }
});

test('what is stale is told: the page it was made from, or the code that differs', () => {
  assert.match(judge(writeSource(korean, '000000000000')).stale[0], /is stale: made from 000000000000/);
  assert.deepEqual(judge(stamped, english.replace('a = 1', 'a = 2')).stale, [
    'ko/page.md is stale: other code in its block 1: ```ts [Express]',
  ]);
});

test('stale pages are counted in one note, and options told in English in another, by language', () => {
  const judged = [
    { folder: 'ko', stale: ['ko/a.md is stale: x', 'ko/b.md is stale: y'], rows: [] },
    { folder: 'ja', stale: [], rows: ['ja/a.md: size is told in English'] },
    { folder: 'zh-tw', stale: ['zh-tw/a.md is stale: x'], rows: [] },
  ];
  const [note, rows, ...more] = noteStale(judged);
  assert.deepEqual(more, []);
  assert.equal(rows.split('\n')[0], 'Options told in English in translated tables: 1 rows (ja 1)');
  assert.equal(note.split('\n')[0], 'Stale translations: 3 pages (ko 2, zh-tw 1)');
  for (const { stale } of judged) for (const line of stale) assert.ok(note.includes(line));
  assert.deepEqual(noteStale([{ folder: 'ko', stale: [], rows: [] }]), []);
});

test('anchors, links and the number of blocks must be those of the English page it was made from', () => {
  for (const [from, to, problem] of [
    ['```text', '```ts\nconst b = 1;\n```\n\n```text', 'has 2 blocks of code, not 1'],
    ['## 첫째 {#first-part}', '## First', 'has "First" without the id {#first-part}'],
    ['## 첫째', '### 첫째', 'has "첫째" on level 3, not 2'],
    ['./other.md#part', './other.md', 'lacks a link to ./other.md#part'],
  ]) {
    assert.equal(problemsOf(stamped.replace(from, to))[0], `ko/page.md ${problem}`);
  }
});

test('a table of options is written anew in every language: its rows make no page stale, another table is a problem', () => {
  const tables = (text, rows, opening = '<!-- options: src/a.ts#options -->') =>
    text.replace('```ts', `${opening}\n\n${rows}\n\n<!-- /options -->\n\n\`\`\`ts`);
  const original = tables(english, '| `size` | Size. |', '<!-- options: src/a.ts#options\nonly: size\n-->');
  const made = (...table) => writeSource(tables(korean, ...table), hashOf(original));
  const row = '| [`size`](#first-part) | <span lang="en">Size.</span> (번역 전) |';

  assert.deepEqual(judge(made('| `size` | 크기 |'), original), { problems: [], stale: [], rows: [] });
  assert.deepEqual(judge(made('| `size` | 크기 |'), original.replace('Size.', 'Sizes.')).stale, []);
  assert.deepEqual(judge(made(row), original).rows, ['ko/page.md: size is told in English']);
  assert.deepEqual(problemsOf(made('| `size` | 크기 |', '<!-- options: src/b.ts#options -->'), original), [
    'ko/page.md has tables of src/b.ts#options, not of src/a.ts#options',
  ]);
});

test('a drawing is the one in the language of the page, where there is one', () => {
  const taking = (file, up) => (text) =>
    text.replace('## First part', `![A drawing](${up}generated/${file})\n\n## First part`);
  const original = taking('drawing.svg', './')(english);
  const problems = (file, ...drawn) => {
    const translation = writeSource(
      taking(file, '../')(english).replace('## First part', '## First part {#first-part}'),
      hashOf(original),
    );
    const pages = { 'page.md': original, 'ko/page.md': translation };
    for (const name of drawn) pages[`generated/${name}`] = '<svg></svg>';
    return judgeTranslations('ko', ['page.md'], (page) => pages[page]).problems;
  };

  assert.deepEqual(problems('drawing.svg', 'drawing.ko.svg'), [
    'ko/page.md shows generated/drawing.svg, not generated/drawing.ko.svg',
  ]);
  assert.deepEqual(problems('drawing.ko.svg', 'drawing.ko.svg'), []);
  assert.deepEqual(problems('drawing.svg'), []);
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

test('a name that another one has replaced is found', () => {
  assert.deepEqual(findReplacedTerms('docs/zh-tw/a.md', '# 多個行程\n許多行程\n'), [
    'docs/zh-tw/a.md:2 says 許多行程: write 多個行程',
  ]);
});

test('a space between emphasis and a Korean particle is found', () => {
  assert.deepEqual(
    findLooseParticles('docs/ko/a.md', '# 설정\n_Keys_ 탭에서 _Client ID_ 를 고르세요.\n**굵은 글** 은\n'),
    [
      'docs/ko/a.md:2 says "_Client ID_ 를": emphasize with * and leave out the space',
      'docs/ko/a.md:3 says "**굵은 글** 은": emphasize with * and leave out the space',
    ],
  );
});

test('emphasis without a space, another word after it, and names in code are left alone', () => {
  const page = '*Client ID*를 _Keys_ 탭에서 _이_ 도구가 **먼저.** `code`는 `_a_ 는`\n';
  assert.deepEqual(findLooseParticles('docs/ko/a.md', page), []);
});
