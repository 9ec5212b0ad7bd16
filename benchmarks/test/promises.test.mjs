import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgePromise, promiseRows, Report } from '../lib/report.mjs';
import { runWithTries } from '../lib/tries.mjs';

const judge = (value, bound) => judgePromise({ what: 'a request', value, ...bound });

describe('what a promise came to', () => {
  it('is broken beyond a quarter more than its bound', () => {
    assert.equal(judge(1.26, { atMost: 1 }), 'BROKEN');
    assert.equal(judge(79, { atLeast: 100 }), 'BROKEN');
  });

  it('is broken where nothing was measured', () => {
    assert.equal(judge(Number.NaN, { atMost: 1 }), 'BROKEN');
    assert.equal(judge(Infinity, { atMost: 10 }), 'BROKEN');
  });

  it('is missed by the least that is beyond its bound: noise is no excuse', () => {
    assert.equal(judge(1.001, { atMost: 1 }), 'missed');
    assert.equal(judge(1.25, { atMost: 1 }), 'missed');
    assert.equal(judge(99, { atLeast: 100 }), 'missed');
  });

  it('is kept at its bound', () => {
    assert.equal(judge(1, { atMost: 1 }), 'kept');
    assert.equal(judge(0, { atMost: 0 }), 'kept');
    assert.equal(judge(100, { atLeast: 100 }), 'kept');
  });

  it('is broken by a single one of what must not be at all', () => {
    assert.equal(judge(1, { atMost: 0 }), 'BROKEN');
  });

  it('is told next to what was promised', () => {
    const promise = { what: 'a request', value: 1.3, atMost: 1, unit: 'µs' };
    assert.deepEqual(promiseRows([promise])[1], ['a request', '1.30 µs', '≤ 1 µs', 'BROKEN']);
  });
});

/** Runs of a suite, one after the other, by what was broken in each. */
function suiteOf(...runs) {
  const asked = { count: 0 };
  const run = async () => {
    const report = new Report();
    for (const what of runs[asked.count]) report.promises.push({ what, value: 2, atMost: 1 });
    asked.count++;
    return report;
  };
  return { asked, run };
}

describe('three tries', () => {
  it('fail by a promise that is broken in all of them', async () => {
    const { asked, run } = suiteOf(['a', 'b'], ['a', 'c'], ['a']);
    const { broken } = await runWithTries(run, { tries: 3 });
    assert.deepEqual(
      broken.map(({ what }) => what),
      ['a'],
    );
    assert.equal(asked.count, 3);
  });

  it('are over as soon as every promise was kept once', async () => {
    const { asked, run } = suiteOf(['a'], ['b'], ['a']);
    const { broken } = await runWithTries(run, { tries: 3 });
    assert.deepEqual(broken, []);
    assert.equal(asked.count, 2);
  });

  it('are one where nothing is broken', async () => {
    const { asked, run } = suiteOf([]);
    await runWithTries(run, { tries: 3 });
    assert.equal(asked.count, 1);
  });

  it('say before each what is tried again, and hand on the last report', async () => {
    const said = [];
    const { run } = suiteOf(['a', 'b'], ['b']);
    const { report } = await runWithTries(run, {
      tries: 2,
      onRetry: (broken) => said.push(broken.map(({ what }) => what)),
    });
    assert.deepEqual(said, [['a', 'b']]);
    assert.deepEqual(
      report.promises.map(({ what }) => what),
      ['b'],
    );
  });
});
