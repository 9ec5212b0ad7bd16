import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { registerConformance, type RunningSubject } from '@mcp-auth/conformance';
import { describe, test } from 'vitest';
import { createFetchSubject, type FetchAnswer } from '../../conformance/test/fetch-subject.js';
import { closeServer, listen } from '../../core/test/support/listen.js';

/** The host for Node that Get started uses. */
async function serve(answer: FetchAnswer): Promise<RunningSubject> {
  const listener = getRequestListener(
    (request, env) => answer(request, env).catch(() => new Response('failed', { status: 500 })),
    { overrideGlobalObjects: false },
  );
  const server = createServer((request, response) => void listener(request, response));
  return { origin: await listen(server), close: () => closeServer(server) };
}

describe('fetch entry on Node', () => {
  registerConformance(createFetchSubject('fetch entry on Node', serve), test);
});
