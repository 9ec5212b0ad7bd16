import { registerConformance, serveFetch, type ConformanceSubject } from '@mcp-auth/conformance';
import { describe, test } from 'vitest';
import { createApp } from './support/create-app.js';

const subject: ConformanceSubject = {
  name: 'route handlers of Next.js',
  start: (setup) => serveFetch(createApp(setup)),
};

describe('route handlers of Next.js', () => {
  registerConformance(subject, test);
});
