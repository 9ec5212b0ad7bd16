import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '../../docs/.vitepress/languages.mjs';
import { markEnglish, readLanguage } from '../../docs/scripts/options/language.mjs';
import { compareMethods, findWrongGroups, formatMethods } from '../../docs/scripts/method-table.mjs';

const call = {
  name: 'tools/call',
  from: 'client',
  kind: 'request',
  groups: ['tools'],
  handle: 'state',
  stream: 'work',
};
const list = { ...call, name: 'tools/list', groups: ['methods'], handle: 'none', stream: 'none' };

test('the table shows what clients ask for, what decides about it, and what it carries', () => {
  const servers = { ...list, name: 'roots/list', from: 'server' };
  const notification = { ...list, name: 'notifications/progress', kind: 'notification' };

  assert.equal(
    formatMethods([list, servers, notification, call]),
    [
      '| Method | Groups of rules | Handle | Its answer may stay open |',
      '| --- | --- | --- | --- |',
      '| `tools/call` | `tools` | `requestState` | while it works |',
      '| `tools/list` | `methods` |  |  |',
    ].join('\n'),
  );
});

test('a table in another language has its words, and English that nobody has translated yet is marked', () => {
  const words = { Method: '메서드', 'while it works': '작업이 끝날 때까지', '(not translated)': '(번역 전)' };
  const word = (text) => words[text] ?? text;
  const language = { word, phrase: (text) => words[text] ?? markEnglish(text, word) };

  const [headings, , row] = formatMethods([call], language).split('\n');

  assert.match(headings, /^\| 메서드 \| <span lang="en">Groups of rules<\/span> \(번역 전\) \|/);
  assert.equal(row, '| `tools/call` | `tools` | `requestState` | 작업이 끝날 때까지 |');
});

test('every language has the words of the table', () => {
  const streams = ['open', 'work'].map((stream) => ({ ...call, stream }));
  for (const { folder } of languages)
    assert.doesNotMatch(formatMethods(streams, readLanguage(folder)), /lang="en"/, folder);
});

test('a group that says too much or too little about itself is found', () => {
  const source =
    '/** `tools/run`, by name. */\n  readonly tools?: X;\n/** `prompts/get`. */\n  readonly prompts?: X;';

  assert.deepEqual(findWrongGroups([call, { ...call, name: 'prompts/get', groups: ['prompts'] }], source), [
    'tools decides about tools/call, and does not say so',
    'tools says tools/run, about which it does not decide',
  ]);
});

test('the sources say it rightly', async () => {
  assert.deepEqual((await compareMethods()).wrong, []);
});
