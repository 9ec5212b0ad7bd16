import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawPictures, drawTitle } from '../../docs/scripts/pictures/draw-picture.mjs';

test('a title is broken into three lines at most, and is text', () => {
  const svg = drawTitle(
    'Rules for <tools> & more than fits on a picture that other sites show beside a link',
  );
  assert.equal(svg.match(/font-size="80"/g).length, 3);
  assert.match(svg, />Rules for &lt;tools> &amp; more</);
  assert.match(svg, / …<\/text>/);
});

test('a picture is a PNG of the size that other sites ask for, and differs with its title', async () => {
  const [one, other] = await drawPictures(['Get started', 'Errors']);
  assert.equal(one.subarray(1, 4).toString('latin1'), 'PNG');
  assert.deepEqual([one.readUInt32BE(16), one.readUInt32BE(20)], [1200, 630]);
  assert.notDeepEqual(one, other);
});
