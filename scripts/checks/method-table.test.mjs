import assert from 'node:assert/strict';
import { test } from 'node:test';
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
