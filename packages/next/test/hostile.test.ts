import {
  HostileTrial,
  registerHostileTrial,
  serveFetch,
  type ConformanceSubject,
} from '@mcp-auth/conformance';
import { afterAll, describe, test } from 'vitest';
import { createApp } from './support/create-app.js';

const subject: ConformanceSubject = {
  name: 'route handlers of Next.js',
  start: (setup) => serveFetch(createApp(setup)),
};

/** `npm run test:long` tries all of it on these routes too. */
const selection = process.env.SOAK === 'full' ? 'all' : 'covering';

for (const routes of ['plain', 'policy', 'keys', 'observed'] as const) {
  describe(`route handlers of Next.js, ${routes} routes`, async () => {
    const trial = await HostileTrial.begin(subject, routes);
    afterAll(() => trial.end());
    registerHostileTrial(trial, test, routes === 'plain' ? 'all' : selection);
  });
}
