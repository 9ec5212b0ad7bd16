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

/** All of it is tried on the core's own entry and on Express; here with `npm run test:long`. */
const selection = process.env.SOAK === 'full' ? 'all' : 'covering';
const kinds = ['plain', 'policy', ...(selection === 'all' ? (['keys', 'observed'] as const) : [])] as const;

for (const routes of kinds) {
  describe(`route handlers of Next.js, ${routes} routes`, async () => {
    const trial = await HostileTrial.begin(subject, routes);
    afterAll(() => trial.end());
    registerHostileTrial(trial, test, selection);
  });
}
