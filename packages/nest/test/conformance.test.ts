import { cases, coveringCases, registerConformance } from '@mcp-auth/conformance';
import { describe, test } from 'vitest';
import { platforms } from './support/applications.js';
import { createSubject } from './support/subject.js';

/** Each case starts an application of Nest, on two platforms: all of them with `npm run test:long`. */
const selection = process.env.SOAK === 'full' ? cases : coveringCases;
const audit = process.env.SOAK === 'full' ? 'whole' : 'short';

for (const platform of platforms) {
  describe(platform.name, () => {
    registerConformance(createSubject(platform), test, selection, { audit });
  });
}
