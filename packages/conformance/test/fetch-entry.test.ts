import { describe, expect, test } from 'vitest';
import { cases, coveringCases, Emissions, registerConformance } from '../src/index.js';
import { fetchSubject } from './fetch-subject.js';

/** All of it for all revisions with `npm run test:long`. */
/** With WebCrypto a few stand for all, but in `npm run test:long`. */
const selection = process.env.CASES === 'covering' && process.env.SOAK !== 'full' ? coveringCases : cases;
const audit = process.env.SOAK === 'full' ? 'whole' : 'short';

describe('fetch entry', () => {
  const emissions = new Emissions();

  registerConformance({ ...fetchSubject, emissions }, test, selection, { audit });

  test('the search for secrets had something to look for, and something to look at', () => {
    expect(emissions.counts.texts).toBeGreaterThan(selection.length / 2);
    expect(emissions.counts.secrets).toBeGreaterThan(selection.length / 4);
  });
});
