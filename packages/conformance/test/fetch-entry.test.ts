import { describe, expect, test } from 'vitest';
import { cases, Emissions, registerConformance } from '../src/index.js';
import { fetchSubject } from './fetch-subject.js';

/** All of it for all revisions with `npm run test:long`. */
const audit = process.env.SOAK === 'full' ? 'whole' : 'short';

describe('fetch entry', () => {
  const emissions = new Emissions();

  registerConformance({ ...fetchSubject, emissions }, test, cases, { audit });

  test('the search for secrets had something to look for, and something to look at', () => {
    expect(emissions.counts.texts).toBeGreaterThan(1000);
    expect(emissions.counts.secrets).toBeGreaterThan(500);
  });
});
