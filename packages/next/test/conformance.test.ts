import {
  cases,
  coveringCases,
  registerConformance,
  serveFetch,
  type ConformanceSubject,
} from '@mcp-auth/conformance';
import { describe, test } from 'vitest';
import { createApp } from './support/create-app.js';

const subject: ConformanceSubject = {
  name: 'route handlers of Next.js',
  start: (setup) => serveFetch(createApp(setup)),
};

/** The fetch entry, on which these handlers stand, shows all of them; here so does `npm run test:long`. */
const selection = process.env.SOAK === 'full' ? cases : coveringCases;
const audit = process.env.SOAK === 'full' ? 'whole' : 'short';

describe('route handlers of Next.js', () => {
  registerConformance(subject, test, selection, { audit });
});
