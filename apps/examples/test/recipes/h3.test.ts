import { cases, coveringCases, registerConformance } from '@mcp-auth/conformance';
import { H3, serve } from 'h3';
import { describe, test } from 'vitest';
import { createSubject } from './serve-answer.js';

const subject = createSubject('h3', async (answer) => {
  const app = new H3().all('/**', ({ req, runtime }) => answer(req, { incoming: runtime?.node?.req }));
  const server = serve(app, { port: 0, hostname: '127.0.0.1', silent: true });
  await server.ready();
  return { origin: (server.url ?? '').replace(/\/$/, ''), close: () => server.close(true) };
});

describe('h3', () => {
  registerConformance(subject, test, process.env.SOAK === 'full' ? cases : coveringCases);
});
