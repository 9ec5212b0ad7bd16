import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMissing } from './missing-for-release.mjs';

const ready = {
  published: true,
  changesets: 0,
  changes: '',
  env: { NODE_AUTH_TOKEN: 'token', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://id.example.com' },
};

test('nothing is published while anything is missing, and each thing that is missing is named', () => {
  assert.deepEqual(findMissing(ready), []);
  for (const [change, named] of [
    [{ published: false }, /project\.json says "published": false/],
    [{ changesets: 2 }, /2 changesets are not released/],
    [{ changes: ' M README.md' }, /not committed/],
    [{ env: { ...ready.env, NODE_AUTH_TOKEN: '' } }, /no npm token/],
    [{ env: { NODE_AUTH_TOKEN: 'token' } }, /no provenance/],
  ]) {
    const missing = findMissing({ ...ready, ...change });
    assert.equal(missing.length, 1);
    assert.match(missing[0], named);
  }
});
