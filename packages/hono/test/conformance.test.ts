/* eslint-disable @typescript-eslint/no-deprecated -- legacy mode is shown too */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import {
  cases,
  coveringCases,
  registerConformance,
  serveFetch,
  type ApplicationSetup,
  type ConformanceSubject,
  type LegacySetup,
  type RunningSubject,
  type SubjectSetup,
} from '@mcp-auth/conformance';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { describe, test } from 'vitest';
import { getAuth, MCPAuth } from '../src/index.js';
import { MCPAuth as LegacyMCPAuth } from '../src/legacy.js';

interface ProtectedPath {
  readonly path: string;
  readonly gate: MiddlewareHandler;
}

function createApp(setup: SubjectSetup): Hono {
  const mcpAuth = new MCPAuth(setup.config);
  return compose(
    setup,
    mcpAuth.protectedResourceMetadataRouter(),
    setup.routes.map(({ path, mode, options }) => ({ path, gate: mcpAuth.bearerAuth(mode, options) })),
  );
}

function createLegacyApp(setup: LegacySetup): Hono {
  const mcpAuth = new LegacyMCPAuth(setup.config);
  return compose(
    setup,
    mcpAuth.delegatedRouter(),
    setup.routes.map(({ path, mode, options }) => ({ path, gate: mcpAuth.bearerAuth(mode, options) })),
  );
}

function compose(
  { openPath, frontHeaders, handle }: ApplicationSetup,
  router: Hono,
  protectedPaths: readonly ProtectedPath[],
): Hono {
  const app = new Hono();
  // Only where there is something to set: a gate that is the first to see a request answers on a way of its own
  if (frontHeaders.length > 0) {
    app.use(async (context, next) => {
      for (const [name, value] of frontHeaders) context.header(name, value);
      await next();
    });
  }
  app.route('/', router);
  app.get(openPath, (context) => context.text('open'));
  for (const { path, gate } of protectedPaths) {
    app.all(path, gate, async (context) =>
      context.json(await handle(getAuth(context), await readBody(context))),
    );
  }
  // As Hono's own, without its line on the console
  app.onError((_error, context) => context.text('Internal Server Error', 500));
  return app;
}

async function readBody(context: Context): Promise<unknown> {
  const text = await context.req.text();
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : text;
  }
}

async function serveOnNode(app: Hono): Promise<RunningSubject> {
  const server = createAdaptorServer(app) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const onNode: ConformanceSubject = {
  name: 'Hono on Node',
  start: (setup) => serveOnNode(createApp(setup)),
  startLegacy: (setup) => serveOnNode(createLegacyApp(setup)),
};

const serveOnFetch = (app: Hono) => serveFetch((request, host) => app.fetch(request, host));

const onFetch: ConformanceSubject = {
  name: 'Hono on Fetch',
  start: (setup) => serveOnFetch(createApp(setup)),
  startLegacy: (setup) => serveOnFetch(createLegacyApp(setup)),
};

/** Express and the fetch entry show all of them in every run; here `npm run test:long` does. */
const [selection, audit] =
  process.env.SOAK === 'full' ? ([cases, 'whole'] as const) : ([coveringCases, 'short'] as const);

describe('Hono on @hono/node-server', () => {
  registerConformance(onNode, test, selection, { audit });
});

describe('Hono on a platform that only has Fetch', () => {
  registerConformance(onFetch, test, selection, { audit });
});
