import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { describe, test } from 'vitest';
import { closeServer, listen } from '../../core/test/support/listen.js';
import { cases, coveringCases, registerConformance, type RunningSubject } from '../src/index.js';
import { createFetchSubject, type FetchAnswer } from './fetch-subject.js';

/** The host for Node that Get started uses. */
async function serve(answer: FetchAnswer): Promise<RunningSubject> {
  const listener = getRequestListener(
    (request, env) => answer(request, env).catch(() => new Response('failed', { status: 500 })),
    { overrideGlobalObjects: false },
  );
  const server = createServer((request, response) => void listener(request, response));
  return { origin: await listen(server), close: () => closeServer(server) };
}

/** The fetch entry by itself shows all of them; here `npm run test:long` does. */
const selection = process.env.SOAK === 'full' ? cases : coveringCases;
const audit = process.env.SOAK === 'full' ? 'whole' : 'short';

describe('fetch entry on Node', () => {
  registerConformance(createFetchSubject('fetch entry on Node', serve), test, selection, { audit });
});
