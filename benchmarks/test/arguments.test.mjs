import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readArguments } from '../lib/read-arguments.mjs';

const suites = ['http', 'verify'];

describe('arguments of run.mjs', () => {
  it('that are unknown are named, with the suites that there are', () => {
    assert.deepEqual(readArguments(['htp', '--fast'], suites), {
      problem: 'No such thing: htp, --fast. Suites: http, verify',
    });
  });

  it('do not write a page from a part, or from a quick run', () => {
    for (const given of [
      ['--write', 'http'],
      ['--write', '--quick'],
    ])
      assert.match(readArguments(given, suites).problem, /all suites in full/);
  });

  it('choose all suites where they name none', () => {
    assert.deepEqual(readArguments(['--check', '--quick'], suites), {
      ...{ chosen: suites, quick: true, check: true, write: false },
    });
    assert.deepEqual(readArguments(['verify'], suites).chosen, ['verify']);
  });
});
