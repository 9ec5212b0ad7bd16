import { HostileTrial, registerHostileTrial } from '@mcp-auth/conformance';
import { afterAll, describe, test } from 'vitest';
import { platforms } from './support/applications.js';
import { createSubject } from './support/subject.js';

/** `npm run test:long` tries all of it. */
const selection = process.env.SOAK === 'full' ? 'all' : 'covering';

for (const platform of platforms) {
  describe(platform.name, async () => {
    const trial = await HostileTrial.begin(createSubject(platform), 'policy');
    afterAll(() => trial.end());
    registerHostileTrial(trial, test, selection);
  });
}
