import { coveringCases, runConformance } from '@mcp-auth/conformance';
import { Elysia } from 'elysia';
import { createSubject } from './serve-answer.js';

/** For Bun, whose server Elysia is made for: prints what fails. */
const subject = createSubject('Elysia on Bun', (answer) => {
  const app = new Elysia()
    .all('/*', ({ request, server }) => answer(request, server), { parse: 'none' })
    .listen({ port: 0, hostname: '127.0.0.1' });
  return Promise.resolve({
    origin: `http://127.0.0.1:${app.server?.port ?? 0}`,
    close: async () => {
      await app.stop(true);
    },
  });
});

const results = await runConformance(subject, coveringCases);
const failed = results.filter(({ failures }) => failures.length > 0);
console.log(JSON.stringify({ ran: results.length, failed }));
