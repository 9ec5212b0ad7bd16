import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import {
  registerConformance,
  serveFetch,
  type ConformanceSubject,
  type SubjectSetup,
} from '@mcp-auth/conformance';
import { Hono, type Context } from 'hono';
import { describe, test } from 'vitest';
import { getAuth, MCPAuth } from '../src/index.js';

function createApp({ config, router, routes, openPath, frontHeaders, handle }: SubjectSetup): Hono {
  const mcpAuth = new MCPAuth(config);
  const app = new Hono();
  // Only where there is something to set: a gate that is the first to see a request answers on a way of its own
  if (frontHeaders.length > 0) {
    app.use(async (context, next) => {
      for (const [name, value] of frontHeaders) context.header(name, value);
      await next();
    });
  }
  app.route('/', mcpAuth[router]());
  app.get(openPath, (context) => context.text('open'));
  for (const { path, mode, options } of routes) {
    app.all(path, mcpAuth.bearerAuth(mode, options), async (context) =>
      context.json(handle(getAuth(context), await readBody(context))),
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

const onNode: ConformanceSubject = {
  name: 'Hono on Node',
  async start(setup) {
    const server = createAdaptorServer(createApp(setup)) as Server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  },
};

const onFetch: ConformanceSubject = {
  name: 'Hono on Fetch',
  start: (setup) => {
    const app = createApp(setup);
    return serveFetch((request) => app.fetch(request));
  },
};

describe('Hono on @hono/node-server', () => {
  registerConformance(onNode, test);
});

describe('Hono on a platform that only has Fetch', () => {
  registerConformance(onFetch, test);
});
