import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillLines } from '../../docs/scripts/error-lines.mjs';

const lines = new Map([['wrong_audience', 'the line']]);
const text = '# Errors\n\n### `wrong_audience` {#wrong_audience}\n\nWhy.\n\n### Else {#else}\n\nText.\n';

test('a line stands at the end of the section of its code, and once', () => {
  const filled = fillLines(text, lines);
  assert.match(filled, /Why\.\n\n<!-- line -->\n\n```text\nthe line\n```\n\n### Else/);
  assert.equal(fillLines(filled, lines), filled);
});

test('a line that has changed takes the place of the old one, and other blocks stay', () => {
  const old = fillLines(text.replace('Text.', '```text\nkept\n```'), new Map([['wrong_audience', 'old']]));
  const filled = fillLines(old, lines);
  assert.doesNotMatch(filled, /\nold\n/);
  assert.match(filled, /\nthe line\n[^]*\nkept\n/);
});

test('the name in front of the next section stays there', () => {
  const named = text.replace('### Else', '<a name="else"></a>\n\n### Else');
  const filled = fillLines(named, lines);
  assert.match(filled, /the line\n```\n\n<a name="else"><\/a>\n\n### Else/);
  assert.equal(fillLines(filled, lines), filled);
});
