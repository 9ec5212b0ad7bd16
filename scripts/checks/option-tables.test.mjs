import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findUnshown } from '../../docs/scripts/option-tables.mjs';
import { fillPage, followEnglish, readMarks, selectOptions } from '../../docs/scripts/options/fill-page.mjs';
import { formatTable, withUnit } from '../../docs/scripts/options/format-table.mjs';
import { readDescriptions } from '../../docs/scripts/options/read-descriptions.mjs';
import { readComment, readMeanings } from '../../docs/scripts/options/read-meanings.mjs';

const page = `# Page

<!-- options: src/a.ts#options
only: size, name
size: #sizes
-->

| old |

<!-- /options -->

Text.

<!-- options: src/b.ts#others -->
<!-- /options -->
`;

const meaning = (comment, more = {}) => ({
  ...readComment(comment),
  required: false,
  deprecated: false,
  ...more,
});
const cells = (table) =>
  table
    .split('\n')
    .at(-1)
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());

test('a page says which table it wants, which options, and where it says more', () => {
  assert.deepEqual(readMarks(page), [
    { source: 'src/a.ts#options', only: ['size', 'name'], except: [], links: { size: '#sizes' } },
    { source: 'src/b.ts#others', only: undefined, except: [], links: {} },
  ]);
});

test('what is between the marks is written anew, and nothing else', () => {
  const filled = fillPage(page, ({ source }) => `TABLE ${source}`);

  assert.equal(
    filled,
    fillPage(filled, ({ source }) => `TABLE ${source}`),
  );
  assert.doesNotMatch(filled, /old/);
  assert.match(filled, /size: #sizes\n-->\n\nTABLE src\/a\.ts#options\n\n<!-- \/options -->\n\nText\./);
});

test('a translation shows what the English page shows, and keeps its table where that has none', () => {
  const [own, gone] = readMarks(page.replace(/\nonly[^]*?-->/, ' -->')).map(({ source }) => ({ source }));
  const [english] = readMarks(page);

  assert.deepEqual(
    followEnglish(own, [english], () => true),
    english,
  );
  assert.deepEqual(followEnglish(own, [english], () => false).links, {});
  assert.equal(
    followEnglish(gone, [english], () => true),
    undefined,
  );
  assert.equal(
    fillPage(page, () => undefined),
    page,
  );
});

test('options come in the order in which a page names them; one that there is not is an error', () => {
  const options = new Map([
    ['name', 1],
    ['size', 2],
    ['kind', 3],
  ]);
  const select = (mark) => [
    ...selectOptions(options, { source: 'x', only: undefined, except: [], links: {}, ...mark }).keys(),
  ];

  assert.deepEqual(select({ only: ['size', 'name'] }), ['size', 'name']);
  assert.deepEqual(select({ except: ['name'] }), ['size', 'kind']);
  for (const mark of [{ only: ['gone'] }, { except: ['gone'] }, { links: { gone: '#x' } }]) {
    assert.throws(() => select(mark), /describes no option gone/);
  }
});

test('of a doc comment the first paragraph counts, and what any part of it says about the default', () => {
  assert.deepEqual(readComment('Size, see {@link Sizes}. Default: none, `a.b` or less. More.\n\nWhy.'), {
    meaning: 'Size, see `Sizes`. More.',
    default: 'none, `a.b` or less',
  });
  assert.deepEqual(readComment('Size\nof it.\n\nDefault: 5.'), { meaning: 'Size of it.', default: '5' });
});

test('a row has the name, the meaning, what it takes and the default with its unit', () => {
  const kind = { must: 'a whole number of bytes, 1 or more', default: 65_536 };
  const size = { kind, meaning: meaning('Largest size | of {{it}} <x>. Default: 65536.') };

  assert.deepEqual(cells(formatTable('Sizes', new Map([['size', size]]), { size: '#sizes' })), [
    '[`size`](#sizes)',
    'Largest size \\| of { {it}} &lt;x&gt;.',
    'a whole number of bytes, 1 or more',
    '65536 (64 KiB)',
  ]);
});

test('a translation is used where it was made from the English of today; else the English stands there, marked as such', () => {
  const words = { Option: '옵션', none: '없음', '(not translated)': '(번역 전)' };
  const language = {
    word: (english) => words[english] ?? english,
    meaning: (option, english) =>
      option === 'Sizes.size' && english === 'Largest size.' ? '최대 크기' : undefined,
  };
  const row = (comment) => {
    const size = { kind: { must: 'a number' }, meaning: meaning(comment) };
    return formatTable('Sizes', new Map([['size', size]]), {}, language);
  };

  assert.deepEqual(cells(row('Largest size. Default: none.')), ['`size`', '최대 크기', 'a number', '없음']);
  assert.equal(
    cells(row('Largest <size>. Default: none.'))[1],
    '<span lang="en">Largest &lt;size&gt;.</span> (번역 전)',
  );
  assert.match(row('Largest size. Default: none.'), /^\| 옵션 \| Meaning /);
});

test('an option that must be given says so, by its kind or by its type', () => {
  const needed = { kind: { must: 'a string', required: true }, meaning: meaning('Name.') };
  const byType = { kind: { must: 'a string' }, meaning: meaning('Name.', { required: true }) };

  for (const option of [needed, byType]) {
    assert.equal(cells(formatTable('Sizes', new Map([['name', option]])))[3], 'required');
  }
});

test('no doc comment, no default, and two defaults are errors', () => {
  const rows = [
    [{ must: 'a string' }, undefined, /has no doc comment/],
    [{ must: 'a string' }, meaning('Name.'), /Nothing says the default of name/],
    [{ must: 'a number', default: 5 }, meaning('Number. Default: 50.'), /is 5, but its comment says 50/],
    [{ must: '"a" or "b"', default: 'a' }, meaning('Letter. Default: `b`.'), /is a, but its comment says b/],
  ];

  for (const [kind, said, message] of rows) {
    assert.throws(() => formatTable('Sizes', new Map([['name', { kind, meaning: said }]])), message);
  }
});

test('numbers are shown in the largest unit of which they are a multiple', () => {
  const shown = (value, unit) => withUnit(value, `a number of ${unit}, 1 or more`);

  assert.equal(shown(4_194_304, 'bytes'), '4194304 (4 MiB)');
  assert.equal(shown(600_000, 'milliseconds'), '600000 (10 min)');
  assert.equal(shown(7200, 'seconds'), '7200 (2 h)');
  assert.equal(shown(5, 'seconds'), '5');
  assert.equal(withUnit(1000, 'a whole number, 1 or more'), '1000');
});

test('an object without a table on any page is found', () => {
  const sources = ['export const a = object<Shown>({});', 'object<New<never>>({ x: object<Inner>({}) })'];

  assert.deepEqual(findUnshown(sources, ['Shown']), ['New', 'Inner']);
});

test('descriptions and comments are those of the sources', async () => {
  const source = 'packages/core/src/config/mcp-auth.ts#tokenCacheOptions';
  const description = (await readDescriptions([source])).get(source);
  const { type, members } = readMeanings([source]).get(source);

  assert.equal(type, 'TokenCacheOptions');
  assert.deepEqual(Object.keys(description), [...members.keys()]);
  assert.equal(description.maxEntries.default, 10_000);
  assert.match(members.get('maxEntries').meaning, /^Most tokens kept at the same time/);
  await assert.rejects(readDescriptions([source.replace('tokenCache', 'noCache')]), /exports no description/);
});
