import { describe, expect, test } from 'vitest';
import { Emissions, registerConformance } from '../src/index.js';
import { fetchSubject } from './fetch-subject.js';

describe('fetch entry', () => {
  const emissions = new Emissions();

  registerConformance({ ...fetchSubject, emissions }, test);

  test('the search for secrets had something to look for, and something to look at', () => {
    expect(emissions.counts.texts).toBeGreaterThan(1000);
    expect(emissions.counts.secrets).toBeGreaterThan(500);
  });
});
