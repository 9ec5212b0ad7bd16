import { cases, coveringCases, registerConformance, serveFetch } from '@mcp-auth/conformance';
import { Elysia } from 'elysia';
import { describe, test } from 'vitest';
import { createSubject } from './serve-answer.js';

const subject = createSubject('Elysia', (answer) => {
  const app = new Elysia().all('/*', ({ request, server }) => answer(request, server), { parse: 'none' });
  return serveFetch((request, { remoteAddr }) => {
    // Stands for Bun's server, which Elysia puts there
    Object.assign(app, { server: { requestIP: () => ({ address: remoteAddr.hostname }) } });
    return app.handle(request);
  });
});

describe('Elysia', () => {
  registerConformance(subject, test, process.env.SOAK === 'full' ? cases : coveringCases);
});
