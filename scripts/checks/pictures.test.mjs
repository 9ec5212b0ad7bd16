import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawPictures, drawTitle } from '../../docs/scripts/pictures/draw-picture.mjs';
import { findMissingLetters, sources } from '../../docs/scripts/pictures/fonts.mjs';
import { readTitle } from '../../docs/.vitepress/page-list.mjs';
import { listProjectFiles } from '../lib/project.mjs';

test('a title is broken into three lines at most, and is text', () => {
  const svg = drawTitle(
    'Rules for <tools> & more than fits on a picture that other sites show beside a link',
  );
  assert.equal(svg.match(/font-size="80"/g).length, 3);
  assert.match(svg, />Rules for &lt;tools> &amp; more</);
  assert.match(svg, / …<\/text>/);
});

test('a picture is a PNG of the size that other sites ask for, and differs with its title', async () => {
  const [one, other] = await drawPictures([{ title: 'Get started' }, { title: 'Errors' }]);
  assert.equal(one.subarray(1, 4).toString('latin1'), 'PNG');
  assert.deepEqual([one.readUInt32BE(16), one.readUInt32BE(20)], [1200, 630]);
  assert.notDeepEqual(one, other);
});

test('a title in a language without spaces is broken between words, and marks stay at the end of lines', () => {
  const lines = [
    ...drawTitle('認証されていないクライアントがかけられる負担、そして対策', 'ja').matchAll(
      /font-size="80">([^<]*)</g,
    ),
  ];
  assert.ok(lines.length > 1);
  for (const [, line] of lines) {
    assert.ok(Array.from(line).length <= 15, line);
    assert.doesNotMatch(line, /^[、。ー]/);
  }
});

test('letters that a font lacks are found', () => {
  assert.deepEqual(findMissingLetters('A 시작하기 \u{1F600}', 'ko'), ['\u{1F600}']);
});

for (const folder of Object.keys(sources)) {
  test(`nearly each title can be drawn in ${folder}; docs/scripts/pictures/cut-fonts.mjs cuts the font anew`, async () => {
    const pages = listProjectFiles(new RegExp(`^docs/${folder}/.*\\.md$`));
    const titles = pages.map((page) => readTitle(page.replace(/^docs\/(.*)\.md$/, '$1')));
    assert.ok(titles.length > 50);
    // The others are told in English
    const missing = titles.filter((title) => findMissingLetters(title, folder).length > 0);
    assert.ok(missing.length < titles.length / 10, missing.join(', '));
    const [one, none] = await drawPictures([
      { title: titles.find((title) => title > '\u2e80'), folder },
      { title: '', folder },
    ]);
    assert.notDeepEqual(one, none, 'the title is drawn');
  });
}
